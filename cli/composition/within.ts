import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';

/** @throws Fault `DEADLINE_EXCEEDED` when there is no answer by then. */
export const within = async <Result>(
  limitMs: Millis,
  ask: () => Promise<Result>,
  clock: Clock,
): Promise<Result> => {
  const answered = new AbortController();
  const tooLate = clock.sleep(limitMs, answered.signal).then(() => {
    throw new Fault('DEADLINE_EXCEEDED', `No answer within ${limitMs} ms.`);
  });
  tooLate.catch(() => undefined);
  try {
    return await Promise.race([ask(), tooLate]);
  } finally {
    answered.abort();
  }
};

import type { Millis } from '../../domain/kernel';
import { within, type Clock } from '../clock';
import { Fault } from '../faults';

/** @throws Fault `DEADLINE_EXCEEDED` when there is no answer within `limitMs`. */
export const answeredWithin = <Result>(
  limitMs: Millis,
  ask: () => Promise<Result>,
  clock: Clock,
): Promise<Result> =>
  within(clock, limitMs, ask(), () => new Fault('DEADLINE_EXCEEDED', `No answer within ${limitMs} ms.`));

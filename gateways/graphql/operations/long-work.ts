import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Millis } from '../../../domain/kernel';
import type { Clock } from '../../../platform/clock';
import { createGate, createGates } from '../../../platform/concurrency';
import { Fault } from '../../../platform/faults';
import { defaultLimits, type Limits } from './limits';
import { refusal } from './request-errors';

/**
 * Runs a piece of work that may take milliseconds of the one JavaScript thread.
 *
 * @throws GraphQLError `RATE_LIMITED` if too many pieces of the address wait, Fault `OVERLOADED` if too many wait in all,
 *   Fault `DEADLINE_EXCEEDED` if its turn comes too late, and any error of `work`.
 */
export type LongWork = <Result>(address: string, work: () => Promise<Result> | Result) => Promise<Result>;

const LIMITS_PER_ADDRESS = { concurrentMax: 1, waitingMax: 256 };
const LIMITS = { concurrentMax: 1, waitingMax: 2_000 };
/** After a piece of work, other requests have the thread for this multiple of the time that the piece took. */
const REST = 3;

/**
 * Returns a function that runs one piece at a time, in at most a quarter of the time. The addresses take turns: a second piece of
 * an address waits until the others' first ones are done. No piece waits longer than `requestMs`.
 */
export const createLongWork = (
  clock: Clock,
  { requestMs }: Pick<Limits, 'requestMs'> = defaultLimits,
): LongWork => {
  const ofAddress = createGates('long work of an address', LIMITS_PER_ADDRESS);
  const ofAll = createGate('long work', LIMITS);
  let restsUntilMs = 0;

  const run = async <Result>(work: () => Promise<Result> | Result): Promise<Result> => {
    await nextTurn();
    const restMs = restsUntilMs - clock.monotonicMs();
    if (restMs > 0) await clock.sleep(Math.ceil(restMs) as Millis);
    const startedMs = clock.monotonicMs();
    try {
      return await work();
    } finally {
      const endedMs = clock.monotonicMs();
      restsUntilMs = endedMs + REST * (endedMs - startedMs);
    }
  };

  return async (address, work) => {
    if (ofAddress.isFull(address))
      throw refusal('RATE_LIMITED', 'Too many new documents of this address at once. Wait for some answers.');
    const tooLateMs = clock.monotonicMs() + requestMs;
    const demandInTime = (): void => {
      if (clock.monotonicMs() >= tooLateMs) throw new Fault('DEADLINE_EXCEEDED', 'Its turn came too late');
    };
    return ofAddress.run(address, async () => {
      demandInTime();
      return ofAll.run(async () => {
        demandInTime();
        return run(work);
      });
    });
  };
};

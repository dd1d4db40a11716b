import type { Millis } from '../../domain/kernel';
import { within, type Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';

/** A figure that takes longer is left out this time. */
export const READ_WITHIN_MS = 2_000 as Millis;

/** @throws Fault `DEADLINE_EXCEEDED` when there is no answer by then. */
export const answeredWithin = <Result>(
  limitMs: Millis,
  ask: () => Promise<Result>,
  clock: Clock,
): Promise<Result> =>
  within(clock, limitMs, ask(), () => new Fault('DEADLINE_EXCEEDED', `No answer within ${limitMs} ms.`));

import { epochMsOf } from '../../domain/kernel';
import type { Clock } from '../clock';
import { positionOf, type Position } from '../event-store';

/** Returns a function that makes rising positions of the time, for documents that are no projection of events. */
export const timePositions = (clock: Clock): (() => Position) => {
  let last = 0n;
  return () => {
    const now = BigInt(epochMsOf(clock.now())) * 1_000n;
    last = now > last ? now : last + 1n;
    return positionOf(last);
  };
};

import type { Random } from '../../platform/clock';

/** Simulated faults in both directions, each a chance in percent unless stated otherwise. */
export type WireFaults = {
  /** The loss of an element: a command, an answer or an ack. */
  readonly flakiness: number;
  /** The repetition of an element. */
  readonly duplicate: number;
  /** The delay of an element for a while, so that later ones overtake it. */
  readonly reorder: number;
  /** The longest random delay of every element, in milliseconds. */
  readonly delayMsMax: number;
  /** The end of the connection, at each arrival of data. */
  readonly disconnect: number;
};

export const noFaults: WireFaults = { flakiness: 0, duplicate: 0, reorder: 0, delayMsMax: 0, disconnect: 0 };

const REORDER_MS_MAX = 50;

export const happens = (inHundred: number, random: Random): boolean =>
  inHundred > 0 && random.next() * 100 < inHundred;

/** Draws the fate of one element: a delay in milliseconds for each copy that arrives; none if it is lost. */
export const fateOf = (faults: WireFaults, random: Random): readonly number[] => {
  if (happens(faults.flakiness, random)) return [];
  const delay = (): number => {
    const extraDelay = happens(faults.reorder, random) ? random.next() * REORDER_MS_MAX : 0;
    return extraDelay + (faults.delayMsMax > 0 ? random.next() * faults.delayMsMax : 0);
  };
  return happens(faults.duplicate, random) ? [delay(), delay()] : [delay()];
};

/** Limits each setting to a useful range: at 100 no message would ever arrive. */
export const withinReason = (faults: WireFaults): WireFaults => {
  const percent = (value: number): number => Math.min(99, Math.max(0, value));
  return {
    flakiness: percent(faults.flakiness),
    duplicate: percent(faults.duplicate),
    reorder: percent(faults.reorder),
    delayMsMax: Math.min(60_000, Math.max(0, faults.delayMsMax)),
    disconnect: percent(faults.disconnect),
  };
};

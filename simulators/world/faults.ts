import type { Random } from '../../platform/clock';

/** What goes wrong on the wire, in both directions, each a chance of so many in a hundred, unless it says otherwise. */
export type WireFaults = {
  /** An element is lost: a command, an answer or an ack. */
  readonly flakiness: number;
  /** An element comes twice. */
  readonly duplicate: number;
  /** An element is held back for a while, so that later ones overtake it. */
  readonly reorder: number;
  /** Every element is late by up to so many milliseconds. */
  readonly delayMsMax: number;
  /** The connection breaks, each time that something arrives over it. */
  readonly disconnect: number;
};

export const noFaults: WireFaults = { flakiness: 0, duplicate: 0, reorder: 0, delayMsMax: 0, disconnect: 0 };

const REORDER_MS_MAX = 50;

export const happens = (inHundred: number, random: Random): boolean =>
  inHundred > 0 && random.next() * 100 < inHundred;

/** What becomes of one element: a delay in milliseconds for each copy that arrives; none: it is lost. */
export const fateOf = (faults: WireFaults, random: Random): readonly number[] => {
  if (happens(faults.flakiness, random)) return [];
  const delay = (): number => {
    const held = happens(faults.reorder, random) ? random.next() * REORDER_MS_MAX : 0;
    return held + (faults.delayMsMax > 0 ? random.next() * faults.delayMsMax : 0);
  };
  return happens(faults.duplicate, random) ? [delay(), delay()] : [delay()];
};

/** Keeps each setting within what makes sense: at 100 nothing would ever get through. */
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

import type { Position } from '../event-store';

// Positions are opaque, but every engine's begin with digits that rise with the events: a running number, or an offset.
const leadingDigits = /^\d+/;

/** How far apart two positions are, on the store's own scale: of use only in proportion to another distance. */
export const distance = (from: Position | undefined, to: Position | undefined): number => {
  const scaleOf = (position: Position | undefined): bigint =>
    BigInt(leadingDigits.exec(position ?? '')?.[0] ?? 0);
  const difference = scaleOf(to) - scaleOf(from);
  return difference > 0n ? Number(difference) : 0;
};

/** Learns from what it has read how many events there are to a stretch of the store's scale. */
export class EventDensityEstimate {
  private events = 0;
  private stretch = 0;

  learn(events: number, from: Position | undefined, to: Position | undefined): void {
    this.events += events;
    this.stretch += distance(from, to);
  }

  /** About how many events lie between two positions; at least 1 where they differ. */
  eventsBetween(from: Position | undefined, to: Position | undefined): number {
    if (to === undefined || (from !== undefined && from >= to)) return 0;
    const perUnit = this.stretch === 0 ? 1 : this.events / this.stretch;
    return Math.max(1, Math.round(distance(from, to) * perUnit));
  }
}

import type { Position } from '../event-store';

/** Positions are opaque, but every engine's begin with digits that rise with the events: a serial number, or an offset. */
const scaleOf = (position: Position | undefined): number =>
  position === undefined ? 0 : Number.parseInt(position, 10);

/** Returns the distance of two positions, on the store's own scale: only useful in proportion to another distance. */
export const distance = (from: Position | undefined, to: Position | undefined): number => {
  const difference = scaleOf(to) - scaleOf(from);
  return difference > 0 ? difference : 0;
};

/** Estimates the number of events in a distance on the store's scale, from the events that were read. */
export class EventDensityEstimate {
  private events = 0;
  private stretch = 0;

  learn(events: number, from: Position | undefined, to: Position | undefined): void {
    this.events += events;
    this.stretch += distance(from, to);
  }

  /** Returns the estimated number of events between two positions; at least 1 if they differ. */
  eventsBetween(from: Position | undefined, to: Position | undefined): number {
    if (to === undefined || (from !== undefined && from >= to)) return 0;
    const perUnit = this.stretch === 0 ? 1 : this.events / this.stretch;
    return Math.max(1, Math.round(distance(from, to) * perUnit));
  }
}

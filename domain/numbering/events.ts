import type { Fact } from '../kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The numbers from `first`, `count` of them, belong to whoever asked; what they leave unused stays unused. */
export type NumbersReserved = Fact<'NumbersReserved', { series: string; first: number; count: number }>;

export type NumberingEvent = NumbersReserved;

export const numberingEventTypes = {
  NumbersReserved: true,
} as const satisfies Record<NumberingEvent['type'], true>;

import { z } from 'zod';
import { erasedPlace, isErasedPlace, type Place } from '../domain/kernel';
import { momentOf, type RecordedEvent } from '../platform/event-store';
import type { DocumentOf } from '../platform/projections';
import { instant } from './fields';

export const TimelineEntry = z
  .strictObject({
    at: instant.describe('The time when it happened.'),
    type: z.string().describe("The event's type."),
    summary: z.string().describe('A sentence for people that says what happened.'),
  })
  .describe('An event in the history of an order or a shipment.');
export type TimelineEntry = DocumentOf<typeof TimelineEntry>;

export const timeline = z.array(TimelineEntry).describe('All that happened, in order.');

/** Returns an event as an entry of a timeline. */
export const entryOf = (
  event: Pick<RecordedEvent, 'type' | 'data' | 'recordedAt'>,
  summary: string,
): TimelineEntry => ({ at: momentOf(event), type: event.type, summary });

export const withEntry = <Shown extends { readonly timeline: readonly TimelineEntry[] }>(
  document: Shown,
  entry: TimelineEntry,
): Shown => ({ ...document, timeline: [...document.timeline, entry] });

const PLACE = /\(-?\d+, -?\d+\)/g;

/** Returns a place as sentences name it. */
export const placeText = (place: Place): string =>
  isErasedPlace(place) ? 'an erased place' : `(${place.x}, ${place.y})`;

/** Returns the timeline without the places in the entries of these types. */
export const withoutPlaces = (
  entries: readonly TimelineEntry[],
  types: readonly string[],
): readonly TimelineEntry[] =>
  entries.map((entry) =>
    types.includes(entry.type)
      ? { ...entry, summary: entry.summary.replaceAll(PLACE, placeText(erasedPlace)) }
      : entry,
  );

/** Returns another party's words as the end of one of our sentences, which has its own full stop. */
export const reasonIn = (reason: string): string => reason.trim().replace(/\.+$/, '');

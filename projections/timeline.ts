import { z } from 'zod';
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

/** Returns another party's words as the end of one of our sentences, which has its own full stop. */
export const reasonIn = (reason: string): string => reason.trim().replace(/\.+$/, '');

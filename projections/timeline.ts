import { z } from 'zod';
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

export const withEntry = <Shown extends { readonly timeline: readonly TimelineEntry[] }>(
  document: Shown,
  entry: TimelineEntry,
): Shown => ({ ...document, timeline: [...document.timeline, entry] });

/** Returns another party's words as the end of one of our sentences, which has its own full stop. */
export const reasonIn = (reason: string): string => reason.trim().replace(/\.+$/, '');

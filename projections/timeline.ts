import type { Instant } from '../domain/kernel';
import { instant, list, record, text } from './schema';

/** Something that happened. `type`: the event's. `summary`: one sentence for a person. */
export type TimelineEntry = { readonly at: Instant; readonly type: string; readonly summary: string };

export const timelineSchema = list(
  record<TimelineEntry>(
    { at: instant('When.'), type: text("The event's type."), summary: text('One sentence for a person.') },
    'Something that happened.',
  ),
  'What happened, in its order.',
);

export const withEntry = <Told extends { readonly timeline: readonly TimelineEntry[] }>(
  document: Told,
  entry: TimelineEntry,
): Told => ({ ...document, timeline: [...document.timeline, entry] });

/** Others' words as the end of a sentence of ours, which has its own full stop. */
export const reasonIn = (reason: string): string => reason.trim().replace(/\.+$/, '');

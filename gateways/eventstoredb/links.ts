import { contentOf } from '../../platform/event-store';
import type { RawRecord } from '../../platform/event-store';
import type { StreamReader } from './stream-reader';

/** The type of an event that refers to another: its data is `<revision>@<stream>`. */
export const LINK_TYPE = '$>';

/** A resolved event. `event`: absent if the target of the link is gone. `link`: absent if it was no link. */
export type Resolved = { readonly event?: RawRecord; readonly link?: RawRecord };

/** Returns the event by which acknowledgements and positions refer to it. */
export const originalOf = ({ event, link }: Resolved): RawRecord | undefined => link ?? event;

export const linkTo = (stream: string, revision: number): string => `${revision}@${stream}`;

/**
 * Resolves a link to its event, if a reader of that stream could see it. An event with the type of a link but other
 * data is a normal event.
 */
export const resolve = async (reader: StreamReader, record: RawRecord): Promise<Resolved> => {
  if (record.type !== LINK_TYPE) return { event: record };
  const text = Buffer.from(contentOf(record.data).payload).toString('utf8');
  const { revision, stream } = /^(?<revision>\d+)@(?<stream>.+)$/s.exec(text)?.groups ?? {};
  if (revision === undefined || stream === undefined) return { event: record };
  const event = await reader.event(stream, Number(revision));
  return event === undefined ? { link: record } : { event, link: record };
};

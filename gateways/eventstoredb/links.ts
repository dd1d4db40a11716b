import { contentOf } from '../../platform/event-store';
import type { RawRecord } from '../../platform/event-store';
import type { StreamReader } from './stream-reader';

/** An event that stands for another: its data is `<revision>@<stream>`. */
export const LINK_TYPE = '$>';

/** `event`: absent where the link points to what is gone. `link`: absent where nothing had to be resolved. */
export type Resolved = { readonly event?: RawRecord; readonly link?: RawRecord };

/** The event that comes by whatever name: what acknowledgements and positions speak of. */
export const originalOf = ({ event, link }: Resolved): RawRecord | undefined => link ?? event;

export const linkTo = (stream: string, revision: number): string => `${revision}@${stream}`;

/**
 * Resolves a link to the event behind it, where a reader of that stream could see it. What only calls itself a link is an event
 * like any other.
 */
export const resolve = async (reader: StreamReader, record: RawRecord): Promise<Resolved> => {
  if (record.type !== LINK_TYPE) return { event: record };
  const text = Buffer.from(contentOf(record.data).payload).toString('utf8');
  const { revision, stream } = /^(?<revision>\d+)@(?<stream>.+)$/s.exec(text)?.groups ?? {};
  if (revision === undefined || stream === undefined) return { event: record };
  const event = await reader.event(stream, Number(revision));
  return event === undefined ? { link: record } : { event, link: record };
};

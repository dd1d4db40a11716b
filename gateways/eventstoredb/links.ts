import type { RawEventStore, RawRecord } from '../../platform/event-store';

/** An event that stands for another: its data is `<revision>@<stream>`. */
export const LINK_TYPE = '$>';

/** `event`: absent where the link points to what is gone. `link`: absent where nothing had to be resolved. */
export type Resolved = { readonly event?: RawRecord; readonly link?: RawRecord };

/** The event that comes by whatever name: what acknowledgements and positions speak of. */
export const originalOf = ({ event, link }: Resolved): RawRecord | undefined => link ?? event;

export const linkTo = (stream: string, revision: number): string => `${revision}@${stream}`;

export const resolve = async (store: RawEventStore, record: RawRecord): Promise<Resolved> => {
  if (record.type !== LINK_TYPE) return { event: record };
  const target = Buffer.from(record.data).toString('utf8');
  const at = target.indexOf('@');
  const revision = Number(target.slice(0, at));
  if (at < 1 || !Number.isSafeInteger(revision)) return { link: record };
  const pages = store.read(target.slice(at + 1), { from: revision, limit: 1 });
  for await (const [event] of pages) if (event?.revision === revision) return { event, link: record };
  return { link: record };
};

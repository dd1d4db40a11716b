import type { Clock } from '../../platform/clock';
import type { EventStore, Position } from '../../platform/event-store';
import type { ReadModels } from '../../platform/read-models';
import { verifyProjection, type AnyProjection } from '../../projections/runtime';
import type { Breach } from './breach';

export type ReadModelReport = {
  readonly name: string;
  readonly version: number;
  readonly documents: number;
  readonly differing: number;
  /** Events that its code could not take. */
  readonly poison: number;
};

export type ReadModelsReport = {
  readonly readModels: readonly ReadModelReport[];
  readonly breaches: readonly Breach[];
};

type Deps = { readonly store: EventStore; readonly readModels: ReadModels; readonly clock: Clock };

/** The store as it was when the position was its last; a read model that stopped there is held to no more. */
const until = (store: EventStore, last: Position | undefined): EventStore => ({
  append: (...append) => store.append(...append),
  read: (...read) => store.read(...read),
  readAll: async function* (options) {
    if (last === undefined) return;
    for await (const event of store.readAll(options)) {
      if (event.position > last) return;
      yield event;
    }
  },
  subscribe: (options) => store.subscribe(options),
  head: () => Promise.resolve(last),
  tombstone: (...tombstone) => store.tombstone(...tombstone),
  close: () => store.close(),
});

const differencesMax = 5;

/** V6: each read model, as far as it has come, equals the same read model folded from the first event. Nothing is written. */
export const verifyReadModels = async (
  { store, readModels, clock }: Deps,
  projections: readonly AnyProjection[],
  onProgress: (done: number) => void,
): Promise<ReadModelsReport> => {
  const reports: ReadModelReport[] = [];
  const breaches: Breach[] = [];
  for (const projection of projections) {
    const { collection } = projection;
    const version = (await readModels.promoted(collection.name)) ?? collection.version;
    const spec = { ...collection, version };
    const past = until(store, await readModels.checkpoint(spec));
    const found = await verifyProjection({ store: past, readModels, clock }, projection, spec);
    const { name, compared: documents, differing, poison } = found;
    reports.push({ name, version, documents, differing, poison });
    for (const { id, kind } of found.differences.slice(0, differencesMax)) {
      breaches.push({
        invariant: 'V6',
        subject: `${name} ${id}`,
        detail: `is ${kind} when built from the events`,
      });
    }
    onProgress(reports.length);
  }
  return { readModels: reports, breaches };
};

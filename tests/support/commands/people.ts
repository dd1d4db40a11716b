import type { AccountId } from '../../../domain/kernel';
import type { Clock } from '../../../platform/clock';
import type { EventStore } from '../../../platform/event-store';
import type { Projection } from '../../../platform/projections';
import { memoryReadModels, type Document, type ReadModels } from '../../../platform/read-models';
import { personLookUpsIn, type PersonLookUps } from '../../../projections/person-look-ups';
import { allProjections } from '../../../projections/read-models';

const projections = allProjections as unknown as readonly Projection[];

/** Folds all events that are stored now, and that read models do not include yet, into every read model. */
export const foldOnInto = async (
  readModels: ReadModels,
  store: Pick<EventStore, 'readAll'>,
): Promise<ReadModels> => {
  const [first] = projections;
  if (first === undefined) throw new Error('There is no read model');
  for await (const event of store.readAll({ after: await readModels.checkpoint(first.collection) }))
    for (const { collection, handlers } of projections) {
      const handler = handlers[event.type];
      const upserts: { document: Document; position: typeof event.position }[] = [];
      const deletes: { id: string; position: typeof event.position }[] = [];
      for (const id of new Set(handler?.ids(event) ?? [])) {
        const before = (await readModels.get(collection, id))?.document;
        const document = handler?.evolve(before, event, id);
        if (document) upserts.push({ document, position: event.position });
        else if (before) deletes.push({ id, position: event.position });
      }
      await readModels.write({ collection, upserts, deletes, position: event.position });
    }
  return readModels;
};

/** Builds every read model from all events that are stored now. */
export const builtFrom = async (store: Pick<EventStore, 'readAll'>): Promise<ReadModels> => {
  const readModels = memoryReadModels();
  for (const { collection } of projections) await readModels.ensure(collection);
  return foldOnInto(readModels, store);
};

/** Returns all documents, by the names of their read models. */
export const documentsIn = async (
  readModels: ReadModels,
): Promise<Readonly<Record<string, readonly Document[]>>> =>
  Object.fromEntries(
    await Promise.all(
      projections.map(async ({ collection }) => {
        const { items } = await readModels.list(collection, { index: 'id', first: 1_000 });
        return [collection.name, items.map(({ document }) => document)] as const;
      }),
    ),
  );

/** Answers about persons, from all events that are stored at the moment of the question. */
export const peopleIn = (store: EventStore, clock: Clock): PersonLookUps => {
  const now = async (): Promise<PersonLookUps> => personLookUpsIn(await builtFrom(store), { store, clock });
  return {
    catchUp: async () => (await now()).catchUp(),
    streamsOf: async (person: AccountId) => (await now()).streamsOf(person),
    openMattersOf: async (person: AccountId) => (await now()).openMattersOf(person),
    productsOf: async (seller, wanted) => (await now()).productsOf(seller, wanted),
  };
};

/** For benches in which no account is erased. */
export const noErasures = {
  people: {
    catchUp: () => Promise.reject(new Error('No account is erased here')),
    streamsOf: () => Promise.resolve([]),
    openMattersOf: () => Promise.resolve({ orders: 0, requests: 0, sales: 0 }),
    productsOf: () => Promise.resolve([]),
  },
  personKeys: { destroy: () => Promise.reject(new Error('No account is erased here')) },
};

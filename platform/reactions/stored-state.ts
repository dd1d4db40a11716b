import type { Checkpoints, Parking, ParkedReaction } from './reaction-state';
import type { Clock } from '../clock';
import { timePositions, type CollectionSpec, type ReadModels } from '../read-models';

const checkpointSpec = (name: string): CollectionSpec => ({
  name: `workflow_${name}`,
  version: 1,
  indexes: [],
  schema: { type: 'object' },
});

/**
 * Stores the checkpoints of reactors, as those of empty collections. If one is dropped, the reactions to all events run
 * again without effect, because each reaction's command ids are derived from its event.
 */
export const checkpointsIn = (readModels: ReadModels): Checkpoints => ({
  read: async (name) => {
    await readModels.ensure(checkpointSpec(name));
    return readModels.checkpoint(checkpointSpec(name));
  },
  write: (name, position) =>
    readModels.write({ collection: checkpointSpec(name), upserts: [], deletes: [], position }),
});

export const parkedReactions: CollectionSpec = {
  name: 'parked_reactions',
  version: 1,
  indexes: [
    { name: 'by_retry', fields: ['retry', 'parkedAt'] },
    { name: 'by_workflow', fields: ['retry', 'workflow', 'parkedAt'] },
  ],
  schema: { type: 'object', required: ['id', 'workflow', 'reason', 'parkedAt', 'retry', 'event'] },
};

/** A parked reaction as a document. `revision` is a bigint, which JSON does not have. */
export type ParkedDocument = Omit<ParkedReaction, 'event'> & {
  readonly event: Omit<ParkedReaction['event'], 'revision'> & { readonly revision: string };
};

const documentOf = (reaction: ParkedReaction): ParkedDocument => ({
  ...reaction,
  event: { ...reaction.event, revision: reaction.event.revision.toString() },
});

const reactionOf = (document: ParkedDocument): ParkedReaction => ({
  ...document,
  event: { ...document.event, revision: BigInt(document.event.revision) },
});

/** Stores failed reactions beside the read models. They are ordered by time, so they are no projection. */
export const openParking = async (readModels: ReadModels, clock: Clock): Promise<Parking> => {
  await readModels.ensure(parkedReactions);
  const nextPosition = timePositions(clock);
  return {
    park: (reaction) => {
      const position = nextPosition();
      const upserts = [{ document: documentOf(reaction), position }];
      // Another process may have stored it at the same time, or by a clock that is ahead.
      return readModels.write({
        collection: parkedReactions,
        upserts,
        deletes: [],
        position,
        replaces: true,
      });
    },
    find: async (id) => {
      const stored = await readModels.get<ParkedDocument>(parkedReactions, id);
      return stored && reactionOf(stored.document);
    },
    list: async (retry, limit, workflows) => {
      const ascending = { order: 'ascending', first: limit } as const;
      const queries = workflows?.map((workflow) => ({
        index: 'by_workflow',
        where: { retry, workflow },
      })) ?? [{ index: 'by_retry', where: { retry } }];
      const pages = await Promise.all(
        queries.map((query) => readModels.list<ParkedDocument>(parkedReactions, { ...query, ...ascending })),
      );
      return pages
        .flatMap(({ items }) => items.map(({ document }) => reactionOf(document)))
        .sort((a, b) => (a.parkedAt < b.parkedAt ? -1 : 1))
        .slice(0, limit);
    },
    remove: (id) => {
      const position = nextPosition();
      return readModels.write({
        collection: parkedReactions,
        upserts: [],
        deletes: [{ id, position }],
        position,
      });
    },
  };
};

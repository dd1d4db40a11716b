import type { Instant, WorldId } from '../domain/kernel';
import type { WorldLinkEvent } from '../domain/world-link';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { flag, instant, list, maybe, record, text, whole } from './schema';

/** A link to a World; `id` is its name. */
export type WorldLinkDocument = {
  readonly id: string;
  readonly worldId: WorldId;
  readonly connected: boolean;
  /** Warehouses that this world knows. */
  readonly warehouses: readonly number[];
  readonly since: Instant;
  /** Why the last connection ended. */
  readonly lastLoss: string | null;
};

const collection: CollectionSpec = {
  name: 'world_links',
  version: 1,
  indexes: [{ name: 'by_id', fields: ['id'] }],
  schema: record<WorldLinkDocument>(
    {
      id: text("The link's name."),
      worldId: text('The world that it belongs to: an int64.'),
      connected: flag('Whether it is connected now.'),
      warehouses: list(whole("A warehouse's id."), 'The warehouses that this world knows.'),
      since: instant('When it began to be as it is.'),
      lastLoss: maybe(text('Why the last connection ended.')),
    },
    'A link to a World.',
  ),
};

const idOf = ({ data }: { readonly data: { readonly link: string } }): readonly string[] => [data.link];

/** Which world each link belongs to, and whether it is connected now. */
export const worldLinks: Projection<WorldLinkDocument, WorldLinkEvent> = {
  collection,
  handlers: {
    WorldChosen: {
      ids: idOf,
      evolve: (document, { data: { link, worldId, chosenAt } }) => ({
        ...{ id: link, worldId, connected: false, warehouses: [], since: chosenAt },
        lastLoss: document?.lastLoss ?? null,
      }),
    },
    WorldConnected: {
      ids: idOf,
      evolve: (document, { data: { link, worldId, warehouses, connectedAt } }) => ({
        ...{ id: link, worldId, connected: true, since: connectedAt },
        warehouses: [...(document?.warehouses ?? []), ...warehouses],
        lastLoss: document?.lastLoss ?? null,
      }),
    },
    WorldConnectionLost: {
      ids: idOf,
      evolve: (document, { data: { reason, lostAt } }) =>
        document && { ...document, connected: false, since: lostAt, lastLoss: reason },
    },
  },
};

import type { WorldLinkEvent } from '../../domain/world-link';
import type { CollectionSpec } from '../../platform/read-models';
import type { Projection } from '../runtime';
import type { WorldLinkDocument } from './document';

const text = { type: 'string' };

export const collection: CollectionSpec = {
  name: 'world_links',
  version: 1,
  indexes: [{ name: 'by_id', fields: ['id'] }],
  schema: {
    type: 'object',
    required: ['id', 'worldId', 'connected', 'warehouses', 'since'],
    properties: {
      id: text,
      worldId: text,
      connected: { type: 'boolean' },
      warehouses: { type: 'array', items: { type: 'integer' } },
      since: text,
      lastLoss: { type: ['string', 'null'] },
    },
  },
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

import { z } from 'zod';
import type { WorldId } from '../domain/kernel';
import type { WorldLinkEvent } from '../domain/world-link';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, worldId } from './fields';

export const WorldLinkDocument = z
  .strictObject({
    id: z.string().describe("The link's name."),
    worldId: worldId.describe('The World that the link belongs to.'),
    connected: z.boolean().describe('Whether the link is connected now.'),
    warehouses: z
      .array(z.int32().describe("A warehouse's id."))
      .describe('The warehouses that this World knows.'),
    since: instant.describe(
      'The time when the link was last connected, disconnected or assigned to a World.',
    ),
    lastLoss: z.string().nullable().describe('The reason why the last connection ended.'),
  })
  .describe('A link to a World.');
export type WorldLinkDocument = DocumentOf<typeof WorldLinkDocument>;

type Standing = Pick<WorldLinkDocument, 'id' | 'connected' | 'warehouses' | 'since'> & {
  readonly worldId: WorldId;
};

const standing = (found: WorldLinkDocument | undefined, now: Standing): WorldLinkDocument => ({
  ...now,
  lastLoss: found?.lastLoss ?? null,
});

export const worldLinks = readModel<WorldLinkDocument, WorldLinkEvent>('world_links', {
  question: 'Which World does each link belong to, and is it connected?',
  version: 1,
  document: WorldLinkDocument,
  indexes: { by_id: ['id'] },
  key: ({ data }) => data.link,
  on: {
    WorldChosen: (found, { data: { link: id, worldId: world, chosenAt: since } }) =>
      standing(found, { id, worldId: world, connected: false, warehouses: [], since }),
    WorldConnected: (found, { data: { link: id, worldId: world, warehouses, connectedAt: since } }) =>
      standing(found, {
        id,
        worldId: world,
        connected: true,
        warehouses: [...(found?.warehouses ?? []), ...warehouses],
        since,
      }),
    WorldConnectionLost: (found, { data: { reason, lostAt } }) =>
      found && { ...found, connected: false, since: lostAt, lastLoss: reason },
  },
});

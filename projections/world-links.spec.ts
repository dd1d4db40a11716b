import type { Instant, WarehouseId, WorldId } from '../domain/kernel';
import type { WorldLinkEvent } from '../domain/world-link';
import { itProjects } from '../tests/support/projections/it-projects';
import { worldLinks, type WorldLinkDocument } from './world-links';

const link = 'main';
const first = '2026-11-02T09:00:00.000Z' as Instant;
const second = '2026-11-02T10:00:00.000Z' as Instant;
const worldId = '7' as WorldId;

const connected: WorldLinkEvent = {
  type: 'WorldConnected',
  data: { link, worldId, warehouses: [1 as WarehouseId], connectedAt: first },
};
const again: WorldLinkEvent = {
  type: 'WorldConnected',
  data: { link, worldId, warehouses: [2 as WarehouseId], connectedAt: second },
};
const lost: WorldLinkEvent = {
  type: 'WorldConnectionLost',
  data: { link, worldId, reason: 'ECONNRESET', lostAt: second },
};
const chosen: WorldLinkEvent = {
  type: 'WorldChosen',
  data: { link, worldId: '8' as WorldId, chosenAt: second },
};

const up: WorldLinkDocument = {
  ...{ id: link, worldId, connected: true, warehouses: [1], since: first, lastLoss: null },
};
const down: WorldLinkDocument = { ...up, connected: false, since: second, lastLoss: 'ECONNRESET' };

itProjects(worldLinks, [
  { on: connected, because: 'is made', touches: [{ id: link, after: up }] },
  {
    on: again,
    because: 'adds what is new',
    touches: [
      { id: link, before: down, after: { ...down, connected: true, warehouses: [1, 2], since: second } },
    ],
  },
  { on: lost, because: 'breaks', touches: [{ id: link, before: up, after: down }] },
  {
    on: chosen,
    because: 'begins in another world, which knows nothing of us',
    touches: [
      {
        id: link,
        before: up,
        after: { ...up, worldId: '8' as WorldId, connected: false, warehouses: [], since: second },
      },
    ],
  },
]);

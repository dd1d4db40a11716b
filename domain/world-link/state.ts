import { unreachable } from '../kernel';
import type { WarehouseId, WorldId } from '../kernel';
import type { WorldLinkEvent } from './events';

export type WorldLinkState = {
  /** The world that the link belongs to; undefined until one was chosen or made. */
  readonly worldId: WorldId | undefined;
  /** The warehouses that this world knows. */
  readonly introduced: ReadonlySet<WarehouseId>;
  readonly connected: boolean;
};

export const initial: WorldLinkState = { worldId: undefined, introduced: new Set(), connected: false };

export const evolve = (state: WorldLinkState, event: WorldLinkEvent): WorldLinkState => {
  switch (event.type) {
    case 'WorldChosen':
      return { worldId: event.data.worldId, introduced: new Set(), connected: false };
    case 'WorldConnected':
      return {
        worldId: event.data.worldId,
        introduced: new Set([...state.introduced, ...event.data.warehouses]),
        connected: true,
      };
    case 'WorldConnectionLost':
      return { ...state, connected: false };
    default:
      return unreachable(event);
  }
};

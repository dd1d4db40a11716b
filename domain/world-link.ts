import {
  accept,
  plainState,
  reject,
  unreachable,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type WarehouseId,
  type WorldId,
} from './kernel';

/** The name of the link to the World. */
export const WORLD_LINK = 'world';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** An operator, or a carrier with that right, chose the world of the link. */
export type WorldChosen = Fact<'WorldChosen', { link: string; worldId: WorldId; chosenAt: Instant }>;

/** `warehouses`: those that this connection announced to the world. */
export type WorldConnected = Fact<
  'WorldConnected',
  { link: string; worldId: WorldId; warehouses: readonly WarehouseId[]; connectedAt: Instant }
>;

export type WorldConnectionLost = Fact<
  'WorldConnectionLost',
  { link: string; worldId: WorldId; reason: string; lostAt: Instant }
>;

export type WorldLinkEvent = WorldChosen | WorldConnected | WorldConnectionLost;

export const worldLinkEventTypes = {
  WorldChosen: true,
  WorldConnected: true,
  WorldConnectionLost: true,
} as const satisfies Record<WorldLinkEvent['type'], true>;

type To = { readonly link: string; readonly at: Instant };

/** Points the link at a world. A world other than the present one has none of our warehouses yet. */
type ChooseWorld = To & { readonly type: 'ChooseWorld'; readonly worldId: WorldId };

/** `warehouses`: those that the connect message announced. */
type RecordWorldConnected = To & {
  readonly type: 'RecordWorldConnected';
  readonly worldId: WorldId;
  readonly warehouses: readonly WarehouseId[];
};

type RecordWorldConnectionLost = To & {
  readonly type: 'RecordWorldConnectionLost';
  readonly reason: string;
};

export type WorldLinkCommand = ChooseWorld | RecordWorldConnected | RecordWorldConnectionLost;

export type WorldLinkRejection =
  | { readonly code: 'WORLD_ID_INVALID'; readonly worldId: string }
  | { readonly code: 'WORLD_MISMATCH'; readonly expected: WorldId; readonly actual: WorldId };

export type WorldLinkState = {
  /** The world that the link belongs to; undefined until one is chosen or made. */
  readonly worldId: WorldId | undefined;
  /** The warehouses that were announced to this world. */
  readonly introduced: ReadonlySet<WarehouseId>;
  readonly connected: boolean;
};

const initial: WorldLinkState = { worldId: undefined, introduced: new Set(), connected: false };

const evolve = (state: WorldLinkState, event: WorldLinkEvent): WorldLinkState => {
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

type WorldLinkDecision = Decision<WorldLinkEvent, WorldLinkRejection>;

const INT64_MAX = 2n ** 63n - 1n;

const isInt64 = (text: string): boolean => /^\d{1,19}$/.test(text) && BigInt(text) <= INT64_MAX;

const choose = ({ link, worldId, at }: ChooseWorld, state: WorldLinkState): WorldLinkDecision => {
  if (!isInt64(worldId)) return reject({ code: 'WORLD_ID_INVALID', worldId });
  if (worldId === state.worldId) return accept();
  return accept({ type: 'WorldChosen', data: { link, worldId, chosenAt: at } });
};

const recordConnected = (
  { link, worldId, warehouses, at }: RecordWorldConnected,
  state: WorldLinkState,
): WorldLinkDecision => {
  // Goods that one world has packed do not exist in another, so only an operator may change worlds.
  if (state.worldId !== undefined && state.worldId !== worldId)
    return reject({ code: 'WORLD_MISMATCH', expected: state.worldId, actual: worldId });
  const fresh = warehouses.filter((warehouse) => !state.introduced.has(warehouse));
  if (state.connected && fresh.length === 0) return accept();
  return accept({ type: 'WorldConnected', data: { link, worldId, warehouses: fresh, connectedAt: at } });
};

const recordLost = (
  { link, reason, at }: RecordWorldConnectionLost,
  { worldId, connected }: WorldLinkState,
): WorldLinkDecision =>
  connected && worldId !== undefined
    ? accept({ type: 'WorldConnectionLost', data: { link, worldId, reason, lostAt: at } })
    : accept();

const decide = (command: WorldLinkCommand, state: WorldLinkState): WorldLinkDecision => {
  switch (command.type) {
    case 'ChooseWorld':
      return choose(command, state);
    case 'RecordWorldConnected':
      return recordConnected(command, state);
    case 'RecordWorldConnectionLost':
      return recordLost(command, state);
    default:
      return unreachable(command);
  }
};

export const worldLink: Decider<WorldLinkState, WorldLinkCommand, WorldLinkEvent, WorldLinkRejection> = {
  category: 'world_link',
  initial,
  decide,
  evolve,
  snapshot: plainState(),
};

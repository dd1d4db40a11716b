import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import type {
  ChooseWorld,
  RecordWorldConnected,
  RecordWorldConnectionLost,
  WorldLinkCommand,
} from './commands';
import type { WorldLinkEvent } from './events';
import type { WorldLinkRejection } from './rejections';
import type { WorldLinkState } from './state';

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
  // What was packed in one world is not in another: only an operator may change worlds.
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

export const decide = (command: WorldLinkCommand, state: WorldLinkState): WorldLinkDecision => {
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

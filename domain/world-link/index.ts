import type { Decider } from '../kernel';
import type { WorldLinkCommand } from './commands';
import { decide } from './decide';
import type { WorldLinkEvent } from './events';
import type { WorldLinkRejection } from './rejections';
import { evolve, initial, type WorldLinkState } from './state';

export const worldLink: Decider<WorldLinkState, WorldLinkCommand, WorldLinkEvent, WorldLinkRejection> = {
  category: 'world_link',
  initial,
  decide,
  evolve,
};
export { worldLinkEventTypes } from './events';
export type { WorldChosen, WorldConnected, WorldConnectionLost, WorldLinkEvent } from './events';
export type { WorldLinkCommand, WorldLinkRejection, WorldLinkState };

import { unreachable } from '../kernel';
import type { WorldId } from '../kernel';
import type { WorldCommandEvent, WorldRequest } from './events';

export type WorldCommandState =
  | { readonly status: 'none' }
  | { readonly status: 'queued'; readonly request: WorldRequest; readonly ackedBy: WorldId | undefined }
  | {
      readonly status: 'settled';
      readonly request: WorldRequest;
      readonly worldId: WorldId;
      readonly answerSeqnum: string;
    };

export const initial: WorldCommandState = { status: 'none' };

export const evolve = (state: WorldCommandState, event: WorldCommandEvent): WorldCommandState => {
  switch (event.type) {
    case 'WorldCommandQueued':
      return { status: 'queued', request: event.data.request, ackedBy: undefined };
    case 'WorldCommandAcked':
      return state.status === 'queued' ? { ...state, ackedBy: event.data.worldId } : state;
    case 'WorldCommandAnswered':
    case 'WorldCommandRefused': {
      if (state.status === 'none') return state;
      const { worldId, answerSeqnum } = event.data;
      return { status: 'settled', request: state.request, worldId, answerSeqnum };
    }
    default:
      return unreachable(event);
  }
};

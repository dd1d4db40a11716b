import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import type {
  QueueWorldCommand,
  RecordWorldAck,
  RecordWorldAnswer,
  RecordWorldRefusal,
  WorldCommandCommand,
} from './commands';
import type { WorldCommandEvent } from './events';
import type { WorldCommandRejection } from './rejections';
import type { WorldCommandState } from './state';

type WorldCommandDecision = Decision<WorldCommandEvent, WorldCommandRejection>;

const queue = (
  { worldCommandId, link, seqnum, request, notBefore, at }: QueueWorldCommand,
  state: WorldCommandState,
): WorldCommandDecision => {
  // The id is derived from the cause: the same cause asks once, under its first number.
  if (state.status !== 'none') return accept();
  const later = notBefore === undefined ? {} : { notBefore };
  const data = { worldCommandId, link, seqnum, request, ...later, queuedAt: at };
  return accept({ type: 'WorldCommandQueued', data });
};

const recordAck = (
  { worldCommandId, worldId, at }: RecordWorldAck,
  state: WorldCommandState,
): WorldCommandDecision => {
  switch (state.status) {
    case 'none':
      return reject({ code: 'WORLD_COMMAND_NOT_FOUND', worldCommandId });
    case 'queued':
      if (state.ackedBy === worldId) return accept();
      return accept({ type: 'WorldCommandAcked', data: { worldCommandId, worldId, ackedAt: at } });
    case 'settled':
      // Its outcome came before its ack, and says as much.
      return accept();
    default:
      return unreachable(state);
  }
};

const settle = (
  { worldCommandId, worldId, answerSeqnum }: RecordWorldAnswer | RecordWorldRefusal,
  state: WorldCommandState,
  event: WorldCommandEvent,
): WorldCommandDecision => {
  switch (state.status) {
    case 'none':
      return reject({ code: 'WORLD_COMMAND_NOT_FOUND', worldCommandId });
    case 'queued':
      return accept(event);
    case 'settled':
      if (state.worldId === worldId && state.answerSeqnum === answerSeqnum) return accept();
      return reject({
        code: 'WORLD_COMMAND_ALREADY_SETTLED',
        worldCommandId,
        answerSeqnum: state.answerSeqnum,
      });
    default:
      return unreachable(state);
  }
};

const answeredBy = ({
  worldCommandId,
  worldId,
  answerSeqnum,
  status,
  at,
}: RecordWorldAnswer): WorldCommandEvent => ({
  type: 'WorldCommandAnswered',
  data: {
    worldCommandId,
    worldId,
    answerSeqnum,
    ...(status === undefined ? {} : { status }),
    answeredAt: at,
  },
});

const refusedBy = ({
  worldCommandId,
  worldId,
  answerSeqnum,
  reason,
  at,
}: RecordWorldRefusal): WorldCommandEvent => ({
  type: 'WorldCommandRefused',
  data: { worldCommandId, worldId, answerSeqnum, reason, refusedAt: at },
});

export const decide = (command: WorldCommandCommand, state: WorldCommandState): WorldCommandDecision => {
  switch (command.type) {
    case 'QueueWorldCommand':
      return queue(command, state);
    case 'RecordWorldAck':
      return recordAck(command, state);
    case 'RecordWorldAnswer':
      return settle(command, state, answeredBy(command));
    case 'RecordWorldRefusal':
      return settle(command, state, refusedBy(command));
    default:
      return unreachable(command);
  }
};

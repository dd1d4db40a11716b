import type { Instant, SerialNumber, WorldCommandId, WorldId } from '../kernel';
import type { WorldRequest } from './events';

type To = { readonly worldCommandId: WorldCommandId; readonly at: Instant };

export type QueueWorldCommand = To & {
  readonly type: 'QueueWorldCommand';
  readonly link: string;
  readonly seqnum: SerialNumber;
  readonly request: WorldRequest;
  readonly notBefore?: Instant;
};
export type RecordWorldAck = To & { readonly type: 'RecordWorldAck'; readonly worldId: WorldId };
export type RecordWorldAnswer = To & {
  readonly type: 'RecordWorldAnswer';
  readonly worldId: WorldId;
  readonly answerSeqnum: string;
  readonly status?: string;
};
export type RecordWorldRefusal = To & {
  readonly type: 'RecordWorldRefusal';
  readonly worldId: WorldId;
  readonly answerSeqnum: string;
  readonly reason: string;
};

export type WorldCommandCommand = QueueWorldCommand | RecordWorldAck | RecordWorldAnswer | RecordWorldRefusal;

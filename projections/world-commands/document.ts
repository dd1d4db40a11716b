import type { Instant, WorldCommandId } from '../../domain/kernel';
import type { WorldRequest } from '../../domain/world-command';

/** One thing asked of the World, and how it stands. `open`: its outcome is not known yet. */
export type WorldCommandDocument = {
  readonly id: WorldCommandId;
  readonly link: string;
  readonly seqnum: number;
  readonly request: WorldRequest;
  readonly status: 'queued' | 'acked' | 'answered' | 'refused';
  readonly open: boolean;
  readonly notBefore: Instant | null;
  /** The world that acknowledged or settled it. */
  readonly worldId: string | null;
  /** The World's number of the message that settled it. */
  readonly answerSeqnum: string | null;
  readonly reason: string | null;
  readonly queuedAt: Instant;
  readonly settledAt: Instant | null;
  /** Of the request that began it all, so that what follows can be told to belong to it. */
  readonly correlationId: string;
  readonly traceparent: string | null;
};

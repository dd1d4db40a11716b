import type { CarrierMessageId, Instant } from '../../domain/kernel';
import type { CarrierNotice } from '../../domain/carrier-message';

/** One message to a carrier, and how it stands. `open`: it is still being sent. */
export type CarrierMessageDocument = {
  readonly id: CarrierMessageId;
  readonly carrier: string;
  readonly seqnum: number;
  readonly notice: CarrierNotice;
  readonly status: 'queued' | 'acked' | 'alarmed';
  readonly open: boolean;
  readonly queuedAt: Instant;
  readonly settledAt: Instant | null;
  /** Why people were called. */
  readonly alarm: string | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
};

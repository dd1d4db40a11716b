import type { CarrierDialect, CarrierReport } from '../../domain/carrier-inbound';
import type { CarrierInboundId, Instant } from '../../domain/kernel';

/** One message of a carrier's, and what came of it. `parked`: kept for people to look at. */
export type CarrierInboxDocument = {
  readonly id: CarrierInboundId;
  readonly carrier: string;
  readonly dialect: CarrierDialect;
  readonly report: CarrierReport;
  readonly status: 'received' | 'applied' | 'parked';
  readonly code: string | null;
  readonly reason: string | null;
  readonly receivedAt: Instant;
  readonly settledAt: Instant | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
};

import type { CarrierInboundId, Instant } from '../kernel';
import type { CarrierAnswer, CarrierDialect, CarrierReport } from './events';

type To = { readonly carrierInboundId: CarrierInboundId; readonly at: Instant };

export type ReceiveCarrierInbound = To & {
  readonly type: 'ReceiveCarrierInbound';
  readonly carrier: string;
  readonly dialect: CarrierDialect;
  readonly path: string;
  readonly messageKey: string;
  readonly report: CarrierReport;
  readonly body: string;
};

export type InboundOutcome =
  { readonly kind: 'applied' } | { readonly kind: 'parked'; readonly code: string; readonly reason: string };

/** What came of the message and what is answered: together, or either when it is known. */
export type SettleCarrierInbound = To & {
  readonly type: 'SettleCarrierInbound';
  readonly outcome?: InboundOutcome;
  readonly answer?: CarrierAnswer;
};

/** People have a parked message tried again. */
export type RetryCarrierInbound = To & { readonly type: 'RetryCarrierInbound' };

export type CarrierInboundCommand = ReceiveCarrierInbound | SettleCarrierInbound | RetryCarrierInbound;

import type { CarrierInboundId, Fact, Instant, SerialNumber, TruckId, WarehouseId, WorldId } from '../kernel';

/** How carriers talk: plain webhooks, enveloped ones, or signed CloudEvents. */
export type CarrierDialect = 'plain' | 'enveloped' | 'signed';

/** What a carrier reported, in our words. Shipments go by the number that the carrier knows. */
export type CarrierReport =
  | {
      readonly kind: 'truck-dispatched';
      readonly shipmentNumber: SerialNumber;
      readonly truckId: TruckId;
    }
  | {
      /** Without a shipment: for whatever is packed at that warehouse. */
      readonly kind: 'truck-arrived';
      readonly truckId: TruckId;
      readonly warehouseId: WarehouseId;
      readonly shipmentNumber?: SerialNumber;
    }
  | {
      readonly kind: 'tracking-assigned';
      readonly shipmentNumber: SerialNumber;
      readonly trackingNumber: string;
    }
  | { readonly kind: 'delivery-started'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'delivered'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'world-chosen'; readonly worldId: WorldId }
  /** A World that reports over HTTP. */
  | { readonly kind: 'packed'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'loaded'; readonly shipmentNumber: SerialNumber }
  | {
      readonly kind: 'goods-arrived';
      readonly warehouseId: WarehouseId;
      readonly goods: readonly { readonly productNumber: SerialNumber; readonly quantity: number }[];
    };

/** What was answered over HTTP; every copy of the message gets the same. `body`: JSON text. */
export type CarrierAnswer = { readonly status: number; readonly body: string };

type Of = { carrierInboundId: CarrierInboundId; carrier: string };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before it is answered. `messageKey`: what names the message among the carrier's. `body`: as it came. */
export type CarrierInboundReceived = Fact<
  'CarrierInboundReceived',
  Of & {
    dialect: CarrierDialect;
    path: string;
    messageKey: string;
    report: CarrierReport;
    body: string;
    receivedAt: Instant;
  }
>;
export type CarrierInboundApplied = Fact<'CarrierInboundApplied', Of & { appliedAt: Instant }>;
/** It makes no sense now: kept for people to look at, never applied by force. `code`: the rejection's. */
export type CarrierInboundParked = Fact<
  'CarrierInboundParked',
  Of & { code: string; reason: string; parkedAt: Instant }
>;
/** People had it tried again: what comes of it is open once more. */
export type CarrierInboundRetried = Fact<'CarrierInboundRetried', Of & { retriedAt: Instant }>;
export type CarrierInboundAnswered = Fact<
  'CarrierInboundAnswered',
  Of & { answer: CarrierAnswer; answeredAt: Instant }
>;

export type CarrierInboundEvent =
  | CarrierInboundReceived
  | CarrierInboundApplied
  | CarrierInboundParked
  | CarrierInboundRetried
  | CarrierInboundAnswered;

export const carrierInboundEventTypes = {
  CarrierInboundReceived: true,
  CarrierInboundApplied: true,
  CarrierInboundParked: true,
  CarrierInboundRetried: true,
  CarrierInboundAnswered: true,
} as const satisfies Record<CarrierInboundEvent['type'], true>;

import type {
  AccountId,
  CarrierMessageId,
  Fact,
  Instant,
  Place,
  SerialNumber,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../kernel';

type Parcel = {
  readonly shipmentId: ShipmentId;
  readonly shipmentNumber: SerialNumber;
  readonly warehouseId: WarehouseId;
};

/** What a carrier is told, in our words; each dialect has its own for them. Names nobody: those are looked up when it is sent. */
export type CarrierNotice =
  | (Parcel & {
      readonly kind: 'created';
      readonly customerId: AccountId;
      readonly destination: Place;
      readonly carrierAccount?: string;
      readonly items: readonly {
        readonly productNumber: SerialNumber;
        readonly name: string;
        readonly quantity: number;
      }[];
    })
  | (Parcel & { readonly kind: 'packed' })
  | (Parcel & { readonly kind: 'loaded'; readonly truckId: TruckId; readonly destination: Place })
  | (Parcel & { readonly kind: 'destination-changed'; readonly destination: Place })
  | (Parcel & { readonly kind: 'cancelled' })
  | (Parcel & { readonly kind: 'status-requested' });

type Of = { carrierMessageId: CarrierMessageId; carrier: string };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before the first try. `seqnum`: our number of the message, for dialects that acknowledge by number. */
export type CarrierMessageQueued = Fact<
  'CarrierMessageQueued',
  Of & { seqnum: SerialNumber; notice: CarrierNotice; queuedAt: Instant }
>;
export type CarrierMessageAcked = Fact<'CarrierMessageAcked', Of & { ackedAt: Instant }>;
/** So many tries found no acknowledgement: people must look. It is not tried again until they say so. */
export type CarrierMessageAlarmed = Fact<
  'CarrierMessageAlarmed',
  Of & { tries: number; reason: string; alarmedAt: Instant }
>;
export type CarrierMessageRequeued = Fact<'CarrierMessageRequeued', Of & { requeuedAt: Instant }>;

export type CarrierMessageEvent =
  CarrierMessageQueued | CarrierMessageAcked | CarrierMessageAlarmed | CarrierMessageRequeued;

export const carrierMessageEventTypes = {
  CarrierMessageQueued: true,
  CarrierMessageAcked: true,
  CarrierMessageAlarmed: true,
  CarrierMessageRequeued: true,
} as const satisfies Record<CarrierMessageEvent['type'], true>;

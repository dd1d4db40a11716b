import type {
  Fact,
  Instant,
  ProductId,
  ReplenishmentId,
  SerialNumber,
  ShipmentId,
  TruckId,
  WarehouseId,
  WorldCommandId,
  WorldId,
} from '../kernel';

/** Some of a product, under the number and name that the World knows it by. */
export type WorldGoods = {
  readonly productId: ProductId;
  readonly productNumber: SerialNumber;
  readonly name: string;
  readonly quantity: number;
};

type Parcel = {
  readonly warehouseId: WarehouseId;
  readonly shipmentId: ShipmentId;
  readonly shipmentNumber: SerialNumber;
};

/**
 * Goods for a warehouse: for our books (`replenishmentId`), or only for the World's, which lacked what ours hold, so that a
 * shipment can be packed after all (`restockFor`).
 */
export type BuyRequest = {
  readonly kind: 'buy';
  readonly warehouseId: WarehouseId;
  readonly goods: readonly WorldGoods[];
  /** Counts from 1 how often these goods were asked for. */
  readonly attempt: number;
  readonly replenishmentId?: ReplenishmentId;
  readonly restockFor?: {
    readonly shipmentId: ShipmentId;
    readonly shipmentNumber: SerialNumber;
    /** The pack's, once the goods are there. */
    readonly packAttempt: number;
  };
};
/** `attempt` counts from 1 how often the shipment was to be packed because the World lacked goods. */
export type PackRequest = Parcel & {
  readonly kind: 'pack';
  readonly goods: readonly WorldGoods[];
  readonly attempt: number;
};
/** `attempt` counts from 1 how often the shipment was to be put on this truck. */
export type LoadRequest = Parcel & {
  readonly kind: 'load';
  readonly truckId: TruckId;
  readonly attempt: number;
};
/** Where is the shipment? Asked when the answer to `of`, a pack or a load, is overdue. */
export type QueryRequest = Parcel & { readonly kind: 'query'; readonly of: WorldCommandId };

/** What the World is asked for, in our words. */
export type WorldRequest = BuyRequest | PackRequest | LoadRequest | QueryRequest;

type Of = { worldCommandId: WorldCommandId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before the first try. `notBefore`: the World is not asked earlier. */
export type WorldCommandQueued = Fact<
  'WorldCommandQueued',
  Of & {
    link: string;
    seqnum: SerialNumber;
    request: WorldRequest;
    notBefore?: Instant;
    queuedAt: Instant;
  }
>;
/** The World has it; what comes of it is told later. */
export type WorldCommandAcked = Fact<'WorldCommandAcked', Of & { worldId: WorldId; ackedAt: Instant }>;
/** `answerSeqnum`: the World's own int64 number of the answer, as text. `status`: what a query found. */
export type WorldCommandAnswered = Fact<
  'WorldCommandAnswered',
  Of & { worldId: WorldId; answerSeqnum: string; status?: string; answeredAt: Instant }
>;
export type WorldCommandRefused = Fact<
  'WorldCommandRefused',
  Of & { worldId: WorldId; answerSeqnum: string; reason: string; refusedAt: Instant }
>;

export type WorldCommandEvent =
  WorldCommandQueued | WorldCommandAcked | WorldCommandAnswered | WorldCommandRefused;

export const worldCommandEventTypes = {
  WorldCommandQueued: true,
  WorldCommandAcked: true,
  WorldCommandAnswered: true,
  WorldCommandRefused: true,
} as const satisfies Record<WorldCommandEvent['type'], true>;

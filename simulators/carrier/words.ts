/** A point on the World's grid. */
export type Place = { readonly x: number; readonly y: number };

/** What the shop tells the carrier, whatever the dialect. `shipment` is the World's package id. */
export type Notice =
  | {
      readonly kind: 'created';
      readonly shipment: number;
      readonly warehouse: number;
      readonly destination: Place;
      /** Whether it is packed already, as far as the dialect will ever say: one that never says so counts it as packed. */
      readonly packed: boolean;
    }
  | { readonly kind: 'packed'; readonly shipment: number }
  | { readonly kind: 'loaded'; readonly shipment: number }
  | { readonly kind: 'destination-changed'; readonly shipment: number; readonly destination: Place }
  | { readonly kind: 'cancelled'; readonly shipment: number }
  | { readonly kind: 'status-requested'; readonly shipment: number };

/** How a shipment stands with the carrier. */
export type Standing = {
  readonly stage: 'waiting' | 'assigned' | 'loaded' | 'on-the-road' | 'delivered' | 'cancelled';
  readonly truck: number | null;
  readonly trackingNumber: string;
};

/** What the carrier tells the shop. */
export type Report =
  | { readonly kind: 'truck-dispatched'; readonly shipment: number; readonly truck: number }
  | {
      readonly kind: 'truck-arrived';
      readonly shipment: number;
      readonly truck: number;
      readonly warehouse: number;
    }
  | { readonly kind: 'tracking-assigned'; readonly shipment: number; readonly trackingNumber: string }
  | { readonly kind: 'delivery-started'; readonly shipment: number }
  | { readonly kind: 'delivered'; readonly shipment: number }
  /** It was told of a shipment that it knows nothing else of. */
  | { readonly kind: 'details-wanted'; readonly shipment: number }
  /** The World made a world for it, which the shop is to join. An int64 as text. */
  | { readonly kind: 'world-chosen'; readonly world: string };

/** What the carrier asks of the World. */
export type TruckOrder =
  | { readonly kind: 'pick-up'; readonly truck: number; readonly warehouse: number }
  | {
      readonly kind: 'deliver';
      readonly truck: number;
      readonly parcels: readonly { readonly shipment: number; readonly destination: Place }[];
    };

/** What the World tells the carrier. */
export type WorldNews =
  | { readonly kind: 'arrived'; readonly truck: number }
  | { readonly kind: 'idle'; readonly truck: number }
  | { readonly kind: 'delivered'; readonly truck: number; readonly shipment: number }
  | { readonly kind: 'refused'; readonly order: TruckOrder; readonly reason: string };

/** A point on the World's grid. */
export type Place = { readonly x: number; readonly y: number };

/** A notice from the shop to the carrier, in any dialect. `shipment` is the World's package id. */
export type Notice =
  | {
      readonly kind: 'created';
      readonly shipment: number;
      readonly warehouse: number;
      readonly destination: Place;
      /** True if it is packed; always true in a dialect that never reports the packing. */
      readonly packed: boolean;
    }
  | { readonly kind: 'packed'; readonly shipment: number }
  | { readonly kind: 'loaded'; readonly shipment: number }
  | { readonly kind: 'destination-changed'; readonly shipment: number; readonly destination: Place }
  | { readonly kind: 'cancelled'; readonly shipment: number }
  | { readonly kind: 'status-requested'; readonly shipment: number };

/** The state of a shipment at the carrier. */
export type Standing = {
  readonly stage: 'waiting' | 'assigned' | 'loaded' | 'on-the-road' | 'delivered' | 'cancelled';
  readonly truck: number | null;
  readonly trackingNumber: string;
};

/** A report from the carrier to the shop. */
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
  /** The carrier needs the details of a shipment of which it has only the number. */
  | { readonly kind: 'details-wanted'; readonly shipment: number }
  /** The World made a world for the carrier, which the shop must join. An int64 as text. */
  | { readonly kind: 'world-chosen'; readonly world: string };

/** A command from the carrier to the World. */
export type TruckOrder =
  | { readonly kind: 'pick-up'; readonly truck: number; readonly warehouse: number }
  | {
      readonly kind: 'deliver';
      readonly truck: number;
      readonly parcels: readonly { readonly shipment: number; readonly destination: Place }[];
    };

/** A message from the World to the carrier. */
export type WorldNews =
  | { readonly kind: 'arrived'; readonly truck: number }
  | { readonly kind: 'idle'; readonly truck: number }
  | { readonly kind: 'delivered'; readonly truck: number; readonly shipment: number }
  | { readonly kind: 'refused'; readonly order: TruckOrder; readonly reason: string };

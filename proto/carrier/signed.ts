/**
 * The words of the signed dialect: bodies are CloudEvents 1.0 (JSON) in Standard Webhooks envelopes. `subject` is the
 * shipment's number as text, or the world's; `data` is below. Numbers are whole and below 2^53.
 */
export type CloudEvent<Type extends string, Data> = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** W3C trace context. */
  readonly traceparent?: string;
  readonly data: Data;
};

/** From Waybill to the carrier, POSTed to its base URL. */
export type ShipmentNotice =
  | CloudEvent<
      'waybill.shipment.created',
      {
        readonly shipmentId: number;
        readonly warehouseId: number;
        readonly destination: { readonly x: number; readonly y: number };
        readonly carrierAccount?: string;
        readonly items: readonly {
          readonly productId: number;
          readonly description: string;
          readonly quantity: number;
        }[];
      }
    >
  | CloudEvent<'waybill.shipment.packed', { readonly shipmentId: number; readonly warehouseId: number }>
  | CloudEvent<
      'waybill.shipment.loaded',
      {
        readonly shipmentId: number;
        readonly warehouseId: number;
        readonly truckId: number;
        readonly destination: { readonly x: number; readonly y: number };
      }
    >
  | CloudEvent<
      'waybill.shipment.destination-changed',
      { readonly shipmentId: number; readonly destination: { readonly x: number; readonly y: number } }
    >
  | CloudEvent<'waybill.shipment.cancelled', { readonly shipmentId: number }>
  | CloudEvent<'waybill.shipment.status-requested', { readonly shipmentId: number }>;

/** From the carrier to Waybill, POSTed to `/webhooks/<carrier>`. */
export type CarrierWebhook =
  | CloudEvent<'carrier.truck.dispatched', { readonly shipmentId: number; readonly truckId: number }>
  | CloudEvent<
      'carrier.truck.arrived',
      { readonly shipmentId: number; readonly truckId: number; readonly warehouseId: number }
    >
  | CloudEvent<'carrier.tracking.assigned', { readonly shipmentId: number; readonly trackingNumber: string }>
  | CloudEvent<'carrier.delivery.started', { readonly shipmentId: number }>
  | CloudEvent<'carrier.shipment.delivered', { readonly shipmentId: number }>
  /** Which world to connect to, from a carrier that may say so. An int64 as text. */
  | CloudEvent<'carrier.world.chosen', { readonly worldId: string }>;

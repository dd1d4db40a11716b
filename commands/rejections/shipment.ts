import { figures, type SomeRows } from './row';

export const shipmentRejections = {
  SHIPMENT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such shipment.',
    remedy: 'Take the id of one of the order’s shipments.',
    figures: { shipmentId: figures.shipmentId },
    about: ['shipmentId'],
  },
  SHIPMENT_ALREADY_CREATED: {
    kind: 'already-exists',
    why: 'This shipment was created already.',
    remedy: 'Read it with the query shipment.',
    figures: { shipmentId: figures.shipmentId },
  },
  SHIPMENT_EMPTY: {
    kind: 'invalid',
    why: 'There is nothing to ship.',
    remedy: 'Give the shipment at least one item.',
    figures: {},
  },
  SHIPMENT_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The shipment’s status does not allow this.',
    says: ({ status }) => `This is not possible for a shipment with the status ${status}.`,
    remedy: 'Read the shipment and do what its status allows; docs/reference/state-machines.md has them all.',
    figures: {
      shipmentId: figures.shipmentId,
      status: { type: 'ShipmentStatus', text: 'The status of the shipment.' },
    },
    about: ['shipmentId'],
  },
  WRONG_WAREHOUSE: {
    kind: 'wrong-state',
    why: 'The truck is at another warehouse than the shipment.',
    says: ({ expected, actual }) => `The shipment is at warehouse ${expected}, the truck at ${actual}.`,
    remedy: 'Send the truck to the shipment’s warehouse.',
    figures: {
      expected: { type: 'ID', text: 'The ID of the warehouse of the shipment.' },
      actual: { type: 'ID', text: 'The ID of the warehouse of the truck.' },
    },
  },
  WRONG_TRUCK: {
    kind: 'wrong-state',
    why: 'Another truck was sent for the shipment.',
    says: ({ expected, actual }) => `Truck ${expected} was sent for the shipment, not truck ${actual}.`,
    remedy: 'Report about the truck that was sent.',
    figures: {
      expected: { type: 'ID', text: 'The truck that was sent.' },
      actual: { type: 'ID', text: 'The truck of the report.' },
    },
  },
  TRACKING_NUMBER_EMPTY: {
    kind: 'invalid',
    why: 'The tracking number is empty.',
    remedy: 'Give the carrier’s number of the parcel.',
    figures: {},
  },
  TRACKING_NUMBER_TAKEN: {
    kind: 'already-exists',
    why: 'Another open parcel of this carrier has the tracking number.',
    says: ({ trackingNumber }) =>
      `Another open parcel of this carrier has the tracking number ${trackingNumber}.`,
    remedy:
      'Give each parcel a number of its own; one is free again when its parcel is delivered or cancelled.',
    figures: { trackingNumber: figures.trackingNumber },
  },
  TRACKING_NUMBER_INVALID: {
    kind: 'invalid',
    why: 'The tracking number has characters or a length that no tracking number has.',
    says: ({ trackingNumber }) => `${JSON.stringify(trackingNumber.slice(0, 100))} is no tracking number.`,
    remedy: 'Give 1 to 64 letters and digits; spaces and . _ / - may stand between them.',
    figures: { trackingNumber: figures.trackingNumber },
  },
  WAREHOUSE_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such warehouse.',
    remedy: 'Take the id of one that the query warehouses lists.',
    figures: { warehouseId: figures.warehouseId },
    about: ['warehouseId'],
  },
  WAREHOUSE_ALREADY_REGISTERED: {
    kind: 'already-exists',
    why: 'This warehouse is registered already.',
    remedy: 'Use it as it is; the query warehouses shows it.',
    figures: { warehouseId: figures.warehouseId },
  },
  INSUFFICIENT_STOCK: {
    kind: 'wrong-state',
    why: 'There are fewer than wanted.',
    says: ({ available, wanted }) => `There are ${available}, and ${wanted} are wanted.`,
    remedy: 'Ask for what there is at most, or replenish first.',
    figures: {
      available: { type: 'SafeInt', text: 'The quantity that is available.' },
      wanted: { type: 'SafeInt', text: 'The quantity that is wanted.' },
    },
    about: ['quantity'],
  },
  RESERVATION_NOT_FOUND: {
    kind: 'not-found',
    why: 'Nothing is set aside for this order.',
    remedy: 'Set the goods aside first.',
    figures: { orderId: figures.orderId },
  },
} satisfies SomeRows;

import { figures, type SomeRows } from './row';

export const shipmentRejections = {
  SHIPMENT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such shipment.',
    remedy: 'Use the id of one of the order’s shipments.',
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
    why: 'The shipment has no items.',
    remedy: 'Give the shipment at least one item.',
    figures: {},
  },
  WAREHOUSE_INACTIVE: {
    kind: 'wrong-state',
    why: 'The warehouse takes no new orders.',
    remedy: 'Choose an active warehouse, or use reactivateWarehouse.',
    figures: { warehouseId: figures.warehouseId },
    about: ['warehouseId'],
  },
  WAREHOUSE_ALREADY_SENDS_PART: {
    kind: 'wrong-state',
    why: 'The warehouse sends a shipment of the order already.',
    says: ({ warehouseId }) => `Warehouse ${warehouseId} sends a shipment of the order already.`,
    remedy: 'Choose a warehouse that sends no shipment of the order.',
    figures: { orderId: figures.orderId, warehouseId: figures.warehouseId },
    about: ['warehouseId'],
  },
  SHIPMENT_WRONG_STATUS: {
    kind: 'wrong-state',
    why: 'The shipment’s status does not allow this.',
    says: ({ status }) => `This is not possible for a shipment with the status ${status}.`,
    remedy:
      'Read the shipment and choose an action that its status allows; docs/reference/state-machines.md lists them.',
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
    remedy: 'Give the carrier’s number of the shipment.',
    figures: {},
  },
  TRACKING_NUMBER_TAKEN: {
    kind: 'already-exists',
    why: 'Another open shipment of this carrier has the tracking number.',
    says: ({ trackingNumber }) =>
      `Another open shipment of this carrier has the tracking number ${trackingNumber}.`,
    remedy:
      'Give each shipment its own number; a number is free again when its shipment is delivered or cancelled.',
    figures: { trackingNumber: figures.trackingNumber },
  },
  TRACKING_NUMBER_INVALID: {
    kind: 'invalid',
    why: 'The tracking number is too long or contains invalid characters.',
    says: ({ trackingNumber }) =>
      `${JSON.stringify(trackingNumber.slice(0, 100))} is not a valid tracking number.`,
    remedy: 'Give 1 to 64 letters and digits, with spaces or . _ / - between them.',
    figures: { trackingNumber: figures.trackingNumber },
  },
  WAREHOUSE_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such warehouse.',
    remedy: 'Use an id from the query warehouses.',
    figures: { warehouseId: figures.warehouseId },
    about: ['warehouseId'],
  },
  WAREHOUSE_ALREADY_REGISTERED: {
    kind: 'already-exists',
    why: 'This warehouse is registered already.',
    remedy: 'Use the registered warehouse; the query warehouses shows it.',
    figures: { warehouseId: figures.warehouseId },
  },
  INSUFFICIENT_STOCK: {
    kind: 'wrong-state',
    why: 'The available quantity is too low.',
    says: ({ available, wanted }) => `${available} are available, and ${wanted} are requested.`,
    remedy: 'Request at most the available quantity, or replenish first.',
    figures: {
      available: { type: 'SafeInt', text: 'The available quantity.' },
      wanted: { type: 'SafeInt', text: 'The requested quantity.' },
    },
    about: ['quantity'],
  },
  RESERVATION_NOT_FOUND: {
    kind: 'not-found',
    why: 'No goods are reserved for this order.',
    remedy: 'Reserve the goods first.',
    figures: { orderId: figures.orderId },
  },
} satisfies SomeRows;

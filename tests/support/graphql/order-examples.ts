import type { CurrencyCode } from '../../../domain/money';
import type { Example } from './account-examples';
import { ids } from './edge';

const gbp = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const place = { x: 3, y: -9 };
const { mug, order, payment, shipment, warehouse } = ids;
const ofOrder = { select: 'order { id }', shows: { order: { id: order } } };

type Names =
  | 'payOrder'
  | 'cancelOrder'
  | 'cancelGoods'
  | 'changeDestination'
  | 'checkPayment'
  | 'cancelPayment'
  | 'confirmReceipt'
  | 'refundOrder'
  | 'retryCapture'
  | 'moveShipment'
  | 'holdOrder'
  | 'releaseOrder'
  | 'addOrderNote'
  | 'tagOrder'
  | 'untagOrder';

/** Examples of the mutations of an order that was placed. */
export const orderExamples: { readonly [Name in Names]: Example<Name> } = {
  payOrder: {
    input: { orderId: order, paymentMethod: 'test' },
    sends: { orderId: order, paymentMethod: 'test' },
    value: { paymentId: payment },
    select: 'paymentId order { id }',
    shows: { paymentId: payment, order: { id: order } },
  },
  checkPayment: { input: { orderId: order }, sends: { orderId: order }, value: {}, ...ofOrder },
  cancelPayment: { input: { orderId: order }, sends: { orderId: order }, value: {}, ...ofOrder },
  cancelOrder: { input: { orderId: order }, sends: { orderId: order }, value: {}, ...ofOrder },
  cancelGoods: {
    input: { orderId: order, lines: [{ productId: mug, quantity: 1 }] },
    sends: { orderId: order, lines: [{ productId: mug, quantity: 1 }] },
    value: {},
    ...ofOrder,
  },
  changeDestination: {
    input: { orderId: order, destination: place },
    sends: { orderId: order, destination: place },
    value: {},
    ...ofOrder,
  },
  confirmReceipt: { input: { orderId: order }, sends: { orderId: order }, value: {}, ...ofOrder },
  refundOrder: {
    input: { orderId: order, amount: gbp, lines: [{ productId: mug, quantity: 1 }], reason: 'Broken' },
    sends: { orderId: order, amount: gbp, lines: [{ productId: mug, quantity: 1 }], reason: 'Broken' },
    value: { change: 'new' },
    ...ofOrder,
  },
  retryCapture: { input: { orderId: order }, sends: { orderId: order }, value: {}, ...ofOrder },
  moveShipment: {
    input: { shipmentId: shipment, warehouseId: '1' },
    sends: { shipmentId: shipment, warehouseId: warehouse },
    value: { orderId: order },
    ...ofOrder,
  },
  holdOrder: {
    input: { orderId: order, reason: 'FRAUD', comment: null },
    sends: { orderId: order, reason: 'FRAUD' },
    value: {},
    ...ofOrder,
  },
  releaseOrder: {
    input: { orderId: order, reason: 'FRAUD' },
    sends: { orderId: order, reason: 'FRAUD' },
    value: {},
    ...ofOrder,
  },
  addOrderNote: {
    input: { orderId: order, text: 'Calls back.' },
    sends: { orderId: order, text: 'Calls back.' },
    value: {},
    ...ofOrder,
  },
  tagOrder: {
    input: { orderId: order, tag: 'vip' },
    sends: { orderId: order, tag: 'vip' },
    value: {},
    ...ofOrder,
  },
  untagOrder: {
    input: { orderId: order, tag: 'vip' },
    sends: { orderId: order, tag: 'vip' },
    value: {},
    ...ofOrder,
  },
};

const tooMany = { orderId: order, productId: mug, quantity: 2, max: 1 };

/** The figures of the rejections of cancelled goods. */
export const cancellationSamples = {
  ORDER_ALREADY_PACKED: { orderId: order },
  ORDER_PARTS_CHANGED: { orderId: order },
  GOODS_ALREADY_PACKED: tooMany,
  GOODS_ALREADY_LOADED: tooMany,
};

import {
  orderId,
  paid,
  paymentActionRequired,
  paymentId,
  paymentPending,
  paymentRequested,
  placed,
} from '../../tests/support/domain/orders';
import { projected } from '../../tests/support/projections/it-projects';
import { event, shipmentId } from '../../tests/support/domain/shipments';
import { orderDetails, orderStreams } from './';

const started = {
  ...placed,
  data: { ...placed.data, paymentMethod: 'test-redirect', paymentId },
};
const declined = {
  type: 'OrderPaymentDeclined',
  data: { orderId, paymentId, declinedAt: placed.data.placedAt },
} as const;
const nothing = { payerAction: null, isPaymentPending: false };

it.each([
  [
    'waits for its payer',
    [paymentActionRequired],
    { payerAction: { kind: 'REDIRECT' }, isPaymentPending: false },
  ],
  ['is pending after that', [paymentActionRequired, paymentPending], { ...nothing, isPaymentPending: true }],
  ['is declined', [paymentActionRequired, declined], nothing],
  ['is paid', [paymentPending, paid], nothing],
])('an order whose payment %s shows that', (_, events, shown) => {
  const [document] = projected(orderDetails, [started, paymentRequested, ...events]).values();
  expect(document).toMatchObject(shown);
});

it('comes from the streams of the order, its payments and its shipments', () => {
  const [document] = projected(orderDetails, [placed, paymentRequested, paid, event.created]).values();
  expect(orderStreams(document!)).toStrictEqual([
    `order-${orderId}`,
    `payment-${paymentId}`,
    `shipment-${shipmentId}`,
  ]);
});

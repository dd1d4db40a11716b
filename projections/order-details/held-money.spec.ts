import {
  gbp,
  orderId,
  paymentId,
  paymentRequested,
  placed,
  refunded,
  refundRequested,
  total,
} from '../../tests/support/domain/orders';
import {
  authorisedUntil,
  captureId,
  orderCaptured,
  orderCaptureRefused,
  orderCaptureRequested,
  orderHeld,
  refundedWithRelease,
  released,
  voided,
} from '../../tests/support/domain/held-money';
import { shipmentId } from '../../tests/support/domain/shipments';
import { projected } from '../../tests/support/projections/it-projects';
import type { OrderEvent } from '../../domain/order';
import type { PaymentEvent } from '../../domain/payment';
import { orderDetails, type OrderDetails } from './';
import type { Shown } from './timeline-text';

type Facts = Parameters<typeof projected<OrderDetails, Shown>>[1];

const shownAfter = (...events: readonly (OrderEvent | PaymentEvent)[]) =>
  [...projected(orderDetails, [placed, paymentRequested, orderHeld, ...(events as Facts)]).values()][0]!;

it('money that is held is not captured, and says until when', () => {
  expect(shownAfter()).toMatchObject({
    ...{ status: 'PAID', paid: total, authorisedUntil, held: total, captured: gbp(0) },
  });
  expect(shownAfter().timeline.at(-1)?.summary).toBe('£26.70 is held, and is taken as the goods leave.');
});

it('a capture takes it, in part', () => {
  const shown = shownAfter(orderCaptureRequested, orderCaptured);
  expect(shown).toMatchObject({ held: gbp(670), captured: gbp(2_000), refusedCaptures: [] });
  expect(shown.timeline.at(-1)?.summary).toBe('£20.00 was taken for goods that are packed.');
});

it('a refusal is shown until the capture is requested again', () => {
  const refused = shownAfter(orderCaptureRequested, orderCaptureRefused);
  expect(refused.refusedCaptures).toEqual([{ shipmentId, captureId, reason: 'The bank refuses.' }]);
  expect(shownAfter(orderCaptureRefused, orderCaptureRequested).refusedCaptures).toEqual([]);
});

it('what is released is held no longer, and an order of which nothing was taken is cancelled', () => {
  expect(shownAfter(orderCaptured, released, voided)).toMatchObject({ held: gbp(0), voided: gbp(670) });
  expect(shownAfter(orderCaptured, refundedWithRelease)).toMatchObject({ held: gbp(0) });
  const all = { ...refunded(2_670), data: { ...refunded(2_670).data, isUntaken: true as const } };
  expect(shownAfter(refundRequested(2_670), all)).toMatchObject({
    ...{ status: 'CANCELLED', refunds: [{ isUntaken: true }] },
  });
});

it('another payment, which the order did not take, changes nothing', () => {
  const other = { paymentId: `${paymentId}-2` as typeof paymentId, orderId };
  const shown = shownAfter(
    { ...released, data: { ...released.data, ...other } },
    { ...voided, data: { ...voided.data, ...other } },
  );
  expect(shown).toMatchObject({ held: total, voided: gbp(0) });
});

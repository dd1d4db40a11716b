import { given } from '../../tests/support/domain/given';
import {
  at,
  fromNorth,
  isPaid,
  lamp,
  lamps,
  mallory,
  mug,
  mugs,
  offered,
  orderId,
  paid,
  pence,
  placed,
  placeOrder,
  refundId,
  refundRequested,
  released,
  total,
} from '../../tests/support/commands/order-story';
import type { AccountId, Instant, SerialNumber } from '../kernel';
import type { OrderCommand, OrderEvent } from './index';
import { order } from './index';

const sale = {
  source: 'old-shop',
  reference: '536365',
  soldAt: '2010-12-01T08:26:00.000Z' as Instant,
  country: 'Spain',
};
const imported: OrderEvent = { type: 'OrderPlaced', data: { ...placed.data, sale } };
/** As it was stored before sales were kept. */
const importedEarlier: OrderEvent = placed;
const counted = { placedAt: at, total, units: mugs.quantity + lamps.quantity };
const again = { number: 8 as SerialNumber, sale };

describe('an order that was made elsewhere', () => {
  it('keeps its sale', () => given(order, []).when(placeOrder({ sale })).then([imported]));

  it('is known when the same sale comes again, its lines in another order and parted otherwise', () => {
    const lines = [
      offered({ ...mugs, quantity: 1 }),
      offered(lamps),
      offered({ ...mugs, quantity: mugs.quantity - 1 }),
    ];
    given(order, [imported, paid, released(fromNorth)])
      .when(placeOrder({ ...again, lines }))
      .then([]);
  });

  it.each([
    ['customer', { customerId: mallory as AccountId }, total],
    ['lines', { lines: [offered(mugs)] }, pence(300)],
    ['lines', { lines: [offered({ ...mugs, quantity: 4 }), offered(lamps)] }, pence(1400)],
    ['lines', { lines: [offered(mugs), offered({ ...lamps, unitPrice: pence(900) })] }, pence(1200)],
    ['soldAt', { sale: { ...sale, soldAt: '2010-01-12T08:26:00.000Z' as Instant } }, total],
    ['soldAt', { sale: { source: sale.source, reference: sale.reference } }, total],
    ['country', { sale: { ...sale, country: 'France' } }, total],
  ] as const)('is refused with another %s', (what, change, now) =>
    given(order, [imported])
      .when(placeOrder({ ...again, ...change }))
      .thenRejected({ code: 'ORDER_DIFFERS', orderId, differs: [what], was: total, now }),
  );

  it('tells all that differs', () =>
    given(order, [imported])
      .when(placeOrder({ ...again, customerId: mallory, lines: [offered(lamps)] }))
      .thenRejected({
        code: 'ORDER_DIFFERS',
        orderId,
        differs: ['customer', 'lines'],
        was: total,
        now: pence(1000),
      }));

  it('is known by a list that has no countries', () => {
    const without = { source: sale.source, reference: sale.reference, soldAt: sale.soldAt };
    given(order, [imported])
      .when(placeOrder({ ...again, sale: without }))
      .then([]);
  });

  it('takes up its sale where it was imported before sales were kept', () =>
    given(order, [importedEarlier])
      .when(placeOrder(again))
      .then([{ type: 'OrderSaleRecorded', data: { orderId, sale, order: counted, recordedAt: at } }]));

  it('is compared also where it was imported before sales were kept', () =>
    given(order, [importedEarlier])
      .when(placeOrder({ ...again, customerId: mallory }))
      .thenRejected({ code: 'ORDER_DIFFERS', orderId, differs: ['customer'], was: total, now: total }));
});

describe('a refund that is asked for again', () => {
  const asked = (amountMinor: number, lines: Extract<OrderCommand, { type: 'RequestRefund' }>['lines']) =>
    ({
      type: 'RequestRefund',
      orderId,
      refundId,
      amount: pence(amountMinor),
      ...(lines === undefined ? {} : { lines }),
      reason: 'chipped',
      at,
    }) as const satisfies OrderCommand;
  const twoMugs = [{ productId: mug, quantity: 2 }];
  const known: OrderEvent[] = [...isPaid, refundRequested(200, { refundId, lines: twoMugs })];

  it('is known where it is the same, its lines parted otherwise', () => {
    const one = { productId: mug, quantity: 1 };
    given(order, known)
      .when(asked(200, [one, one]))
      .then([]);
  });

  it.each([
    ['sum', asked(300, twoMugs)],
    ['quantity', asked(200, [{ productId: mug, quantity: 3 }])],
    ['goods', asked(200, [{ productId: lamp, quantity: 1 }])],
    ['goods, none', asked(200, undefined)],
  ])('is refused with another %s', (_, command) =>
    given(order, known)
      .when(command)
      .thenRejected({ code: 'REFUND_DIFFERS', refundId, was: pence(200), now: command.amount }),
  );
});

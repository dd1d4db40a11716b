import { given } from '../../tests/support/domain/given';
import { gbp, offered } from '../../tests/support/domain/order-vocabulary';
import {
  at,
  command,
  event,
  fromNorth,
  history,
  lamp,
  lamps,
  mug,
  mugs,
  orderId,
  otherCustomerId,
  refundId,
  total,
} from '../../tests/support/domain/two-part-order';
import type { AccountId, Instant, SerialNumber } from '../kernel';
import type { OrderCommand, OrderEvent } from './index';
import { order } from './index';

const sale = {
  source: 'old-shop',
  reference: '536365',
  soldAt: '2010-12-01T08:26:00.000Z' as Instant,
  country: 'Spain',
};
const imported: OrderEvent = { type: 'OrderPlaced', data: { ...event.placed.data, sale } };
/** As it was stored before sales were kept. */
const importedEarlier: OrderEvent = event.placed;
const counted = { placedAt: at, total, units: mugs.quantity + lamps.quantity };
const again = { number: 8 as SerialNumber, sale };

describe('an order that was made elsewhere', () => {
  it('keeps its sale', () => given(order, []).when(command.place({ sale })).then([imported]));

  it('is known when the same sale comes again, its lines in another order and parted otherwise', () => {
    const lines = [
      offered({ ...mugs, quantity: 1 }),
      offered(lamps),
      offered({ ...mugs, quantity: mugs.quantity - 1 }),
    ];
    given(order, [imported, event.paid, event.released(fromNorth)])
      .when(command.place({ ...again, lines }))
      .then([]);
  });

  it.each([
    ['customer', { customerId: otherCustomerId as AccountId }, total],
    ['lines', { lines: [offered(mugs)] }, gbp(300)],
    ['lines', { lines: [offered({ ...mugs, quantity: 4 }), offered(lamps)] }, gbp(1400)],
    ['lines', { lines: [offered(mugs), offered({ ...lamps, unitPrice: gbp(900) })] }, gbp(1200)],
    ['soldAt', { sale: { ...sale, soldAt: '2010-01-12T08:26:00.000Z' as Instant } }, total],
    ['soldAt', { sale: { source: sale.source, reference: sale.reference } }, total],
    ['country', { sale: { ...sale, country: 'France' } }, total],
  ] as const)('is refused with another %s', (what, change, now) =>
    given(order, [imported])
      .when(command.place({ ...again, ...change }))
      .thenRejected({ code: 'ORDER_DIFFERS', orderId, differs: [what], was: total, now }),
  );

  it('tells all that differs', () =>
    given(order, [imported])
      .when(command.place({ ...again, customerId: otherCustomerId, lines: [offered(lamps)] }))
      .thenRejected({
        code: 'ORDER_DIFFERS',
        orderId,
        differs: ['customer', 'lines'],
        was: total,
        now: gbp(1000),
      }));

  it('is known by a list that has no countries', () => {
    const without = { source: sale.source, reference: sale.reference, soldAt: sale.soldAt };
    given(order, [imported])
      .when(command.place({ ...again, sale: without }))
      .then([]);
  });

  it('takes up its sale where it was imported before sales were kept', () =>
    given(order, [importedEarlier])
      .when(command.place(again))
      .then([{ type: 'OrderSaleRecorded', data: { orderId, sale, order: counted, recordedAt: at } }]));

  it('is compared also where it was imported before sales were kept', () =>
    given(order, [importedEarlier])
      .when(command.place({ ...again, customerId: otherCustomerId }))
      .thenRejected({ code: 'ORDER_DIFFERS', orderId, differs: ['customer'], was: total, now: total }));
});

describe('a repeated refund', () => {
  const ask = (amountMinor: number, lines: Extract<OrderCommand, { type: 'RequestRefund' }>['lines']) =>
    ({
      type: 'RequestRefund',
      orderId,
      refundId,
      amount: gbp(amountMinor),
      lines,
      reason: 'chipped',
      at,
    }) as const satisfies OrderCommand;
  const twoMugs = [{ productId: mug, quantity: 2 }];
  const known: OrderEvent[] = [...history.paid, event.refundRequested(200, { refundId, lines: twoMugs })];

  it('is known where it is the same, its lines parted otherwise', () => {
    const one = { productId: mug, quantity: 1 };
    given(order, known)
      .when(ask(200, [one, one]))
      .then([]);
  });

  it.each([
    ['sum', ask(300, twoMugs)],
    ['quantity', ask(200, [{ productId: mug, quantity: 3 }])],
    ['goods', ask(200, [{ productId: lamp, quantity: 1 }])],
    ['goods, none', ask(200, undefined)],
  ])('is refused with another %s', (_, asked) =>
    given(order, known)
      .when(asked)
      .thenRejected({ code: 'REFUND_DIFFERS', refundId, was: gbp(200), now: asked.amount }),
  );
});

import fc from 'fast-check';
import {
  gbp,
  lines,
  orderId,
  paid as paidOne,
  placed,
  refundId,
  at,
} from '../../tests/support/domain/orders';
import type { AccountId, ProductId, RefundId } from '../kernel';
import { times } from '../money';
import { order } from './index';
import type { OrderEvent, OrderState } from './index';
import { sharesOfRefund } from './seller-shares';

const sam = 'sam' as AccountId;
const [first] = lines;
const second = { ...first!, productId: 'lamp' as ProductId, sku: 'LAMP-01' };
const total = times(placed.data.total, 2);
const paid = { ...paidOne, data: { ...paidOne.data, paid: total } };
const ofSam = { ...first!, sellerId: sam };

/** Sam sold the first line, the shop the second. */
const shared = { ...placed, data: { ...placed.data, lines: [ofSam, second], total } };
const soldBySam = first!.unitPrice.amountMinor * first!.quantity;

const folded = (...events: readonly OrderEvent[]): OrderState => events.reduce(order.evolve, order.initial);

const decided = (command: Parameters<typeof order.decide>[0], ...before: readonly OrderEvent[]) => {
  const decision = order.decide(command, folded(...before));
  if (!decision.ok) throw new Error(JSON.stringify(decision.rejection));
  return decision.events;
};

const pay = { type: 'RecordPayment', orderId, paymentId: paid.data.paymentId, paid: total, at } as const;

it('says with the payment what each seller sold, and nothing where the shop sold all', () => {
  expect(decided(pay, shared)[0]).toMatchObject({
    type: 'OrderPaid',
    data: { sellers: [{ sellerId: sam, sold: gbp(soldBySam), discount: gbp(0) }] },
  });
  const alone = { ...pay, paid: placed.data.total };
  expect(decided(alone, placed)[0]?.data).not.toHaveProperty('sellers');
});

/** Refunds these goods or amounts one after the other, and returns what Sam gives back in each. */
const refunded = (...asked: readonly (number | 'first' | 'second')[]): readonly number[] => {
  const history: OrderEvent[] = [shared, ...decided(pay, shared)];
  return asked.map((what, index) => {
    const id = `${refundId}-${index}` as RefundId;
    const back = { orderId, refundId: id, reason: 'broken', at };
    const line = what === 'first' ? first! : second;
    const { productId } = line;
    history.push(
      ...(typeof what === 'number'
        ? decided({ type: 'RequestRefund', ...back, amount: gbp(what) }, ...history)
        : decided({ type: 'RefundGoods', ...back, lines: [{ productId, quantity: 1 }] }, ...history)),
    );
    const events = decided({ type: 'RecordRefund', orderId, refundId: id, at }, ...history);
    history.push(...events);
    const [done] = events;
    return done?.type === 'OrderRefunded' ? (done.data.sellers?.[0]?.amount.amountMinor ?? 0) : -1;
  });
};

it('charges goods that come back to their own seller', () => {
  expect(refunded('first', 'second')).toEqual([first!.unitPrice.amountMinor, 0]);
});

it('splits an amount in proportion, and the rest of the order to the minor unit', () => {
  const rest = total.amountMinor - 101;
  const [some = 0, all = 0] = refunded(101, rest);
  expect(some).toBe(Math.round((101 * soldBySam) / total.amountMinor));
  expect(some + all).toBe(soldBySam);
});

it('says nothing with refunds of payments that an earlier version recorded', () => {
  const before = [shared, paid];
  const request = { type: 'RequestRefund', orderId, refundId, amount: gbp(5), reason: 'x', at } as const;
  const asked = decided(request, ...before);
  const done = decided({ type: 'RecordRefund', orderId, refundId, at }, ...before, ...asked);
  expect(done[0]?.data).not.toHaveProperty('sellers');
});

it('adds up to every refund, and takes from each no more than is left, in any order', () => {
  const refunds = fc.array(
    fc.record({ part: fc.integer({ min: 1, max: 100 }), goods: fc.array(fc.nat(5_000), { maxLength: 4 }) }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 4 }), refunds, (sold, asked) => {
      let left: readonly number[] = sold;
      for (const { part, goods } of asked) {
        const rest = left.reduce((sum, each) => sum + each, 0);
        const amount = Math.ceil((rest * part) / 100);
        const shares = sharesOfRefund(amount, left, goods);
        expect(shares.reduce((sum, each) => sum + each, 0)).toBe(amount);
        left = left.map((each, index) => each - (shares[index] ?? 0));
        expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

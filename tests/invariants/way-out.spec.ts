import { isCalledOff, isCaptured, paymentOf, refundableOf, statusOf } from '../../domain/order';
import { heldOf, isSecured, takenOf } from '../../domain/payment';
import { isEnd, possibleIn, walk, type Node } from '../support/domain/order-walk';

/** Returns a state in a few words, for the report of a failure. */
const described = ({ whole, possible }: Node): object => ({
  order: statusOf(whole.order),
  progress: whole.order.progress,
  shipment: whole.shipment.status,
  payment: whole.payment.status,
  possible: possible.map(({ action }) => action),
});

const distinct = (found: readonly Node[]): readonly object[] => [
  ...new Map(found.map((node) => [JSON.stringify(described(node)), described(node)])).values(),
];

describe.each([
  ['taken with it', walk()],
  ['held with it and taken before it leaves', walk(true)],
])('in every state of an order with its shipment and its payment, which is %s', (_, nodes) => {
  it('a step follows by itself, or an action of people is possible, unless it is an end', () => {
    expect(nodes.size).toBeGreaterThan(1_000);
    const stuck = [...nodes.values()].filter(
      ({ whole, byItself, possible }) => byItself.length === 0 && possible.length === 0 && !isEnd(whole),
    );
    expect(distinct(stuck)).toEqual([]);
  });

  it('an end can be reached', () => {
    const before = new Map<string, string[]>();
    for (const [key, { byItself, byPeople }] of nodes)
      for (const next of [...byItself, ...byPeople]) before.set(next, [...(before.get(next) ?? []), key]);
    const reaching = new Set<string>();
    const open = [...nodes].filter(([, { whole }]) => isEnd(whole)).map(([key]) => key);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (reaching.has(key)) continue;
      reaching.add(key);
      open.push(...(before.get(key) ?? []));
    }
    expect(distinct([...nodes].flatMap(([key, node]) => (reaching.has(key) ? [] : [node])))).toEqual([]);
  });

  it('no goods are on a truck whose money is not taken, and nothing is below 0', () => {
    const wrong = [...nodes.values()].filter(({ whole: { order, payment } }) => {
      const paid = paymentOf(order);
      const hasLeft = order.parts.some(
        ({ loading, shipmentId }) =>
          loading?.mayBeGone && paid !== undefined && !isCaptured(paid, shipmentId),
      );
      const sums = isSecured(payment) ? [heldOf(payment), takenOf(payment)] : [];
      return hasLeft || sums.some(({ amountMinor }) => amountMinor < 0);
    });
    expect(distinct(wrong)).toEqual([]);
  });

  it('money that stays after an order was called off can be refunded', () => {
    const wrong = [...nodes.values()].filter(({ whole, byItself }) => {
      const paid = paymentOf(whole.order);
      const isOver = isEnd(whole) && byItself.length === 0;
      const isOwed = paid !== undefined && refundableOf(paid).amountMinor > 0;
      return (
        isOver &&
        isCalledOff(whole.order) &&
        isOwed &&
        !possibleIn(whole).some(({ action }) => action === 'refundOrder')
      );
    });
    expect(distinct(wrong)).toEqual([]);
  });
});

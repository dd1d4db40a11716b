import { ids, startEdge } from '../../tests/support/graphql/edge';
import type { OrderDetails } from '../../projections/order-details';

type Action = {
  readonly action: string;
  readonly shipmentId: string | null;
  readonly isPossible: boolean;
  readonly reason: string | null;
};

let edge: ReturnType<typeof startEdge>;
beforeEach(() => {
  edge = startEdge();
});
afterEach(() => edge.app.close());

/** Returns the actions of the order of the shop, which is PAID and being packed, with a change. */
const actionsOf = async (
  role: 'customer' | 'staff',
  change: Partial<OrderDetails> = {},
): Promise<readonly Action[]> => {
  const stored = edge.shop.orders[0]!;
  edge.shop.orders[0] = { ...stored, document: { ...stored.document, ...change } };
  const as = await edge.tokenOf(role === 'customer' ? ids.ada : ids.sam, role);
  const query = `{ order(id: "${ids.order}") { nextActions { action shipmentId isPossible reason } } }`;
  const { data, errors } = await edge.ask(query, { as });
  expect(errors).toBeUndefined();
  return (data as { order: { nextActions: readonly Action[] } }).order.nextActions;
};

const possible = (actions: readonly Action[]): readonly string[] =>
  actions.filter(({ isPossible }) => isPossible).map(({ action }) => action);
const reasonOf = (actions: readonly Action[], name: string): string | null | undefined =>
  actions.find(({ action }) => action === name)?.reason;

const parcel = (status: OrderDetails['shipments'][number]['status']) => ({
  shipments: [{ id: ids.shipment, number: 9_007, warehouseId: ids.warehouse, status }],
});
const unpaid = { status: 'PLACED', progress: 'PLACED', paymentId: null, shipments: [] } as const;

describe('the next actions of an order', () => {
  it('are those of its customer, with the reason of each that is not possible', async () => {
    const actions = await actionsOf('customer');
    expect(possible(actions)).toEqual(['cancelOrder', 'changeDestination']);
    expect(reasonOf(actions, 'payOrder')).toMatch(/paid/);
    expect(reasonOf(actions, 'confirmReceipt')).toMatch(/PAID/);
    expect(actions).toHaveLength(4);
  });

  it('are more for staff, for the order and each of its shipments', async () => {
    const actions = await actionsOf('staff', parcel('FAILED'));
    expect(possible(actions)).toEqual([
      ...['cancelOrder', 'changeDestination', 'refundOrder', 'retryShipment', 'moveShipment'],
    ]);
    expect(actions.filter(({ shipmentId }) => shipmentId === ids.shipment)).toHaveLength(3);
    expect(reasonOf(actions, 'requestShipmentStatus')).toMatch(/FAILED/);
  });

  it.each([
    ['an unpaid order', unpaid, ['payOrder', 'cancelOrder', 'changeDestination']],
    [
      'a parcel on its truck',
      parcel('LOADED'),
      ['changeDestination', 'refundOrder', 'requestShipmentStatus'],
    ],
    [
      'a delivered order',
      { status: 'FULFILLED', progress: 'FULFILLED', ...parcel('DELIVERED') },
      ['confirmReceipt', 'refundOrder'],
    ],
    [
      'an order whose refund was refused',
      {
        ...{ status: 'CANCELLED', askedBackInFull: true, ...parcel('CANCELLED') },
        refunds: [
          {
            ...{ id: ids.payment as never, amount: { amountMinor: 2_600, currency: 'GBP' as never } },
            ...{ reason: 'cancelled', done: false, refusal: 'the card is closed' },
          },
        ],
      },
      ['refundOrder'],
    ],
    ['a cancelled order', { ...unpaid, status: 'CANCELLED', progress: 'CANCELLED' }, []],
  ] as const)('of %s lead on', async (_, change, expected) =>
    expect(possible(await actionsOf('staff', change as Partial<OrderDetails>))).toEqual(expected),
  );
});

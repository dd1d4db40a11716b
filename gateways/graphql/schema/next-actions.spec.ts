import { ids, startEdge } from '../../../tests/support/graphql/edge';
import type { OrderDetails } from '../../../projections/order-details';

type Action = {
  readonly action: string;
  readonly shipmentId: string | null;
  readonly isPossible: boolean;
  readonly reason: string | null;
  readonly code: string | null;
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
  const query = `{ order(id: "${ids.order}") { nextActions { action shipmentId isPossible reason code } } }`;
  const { data, errors } = await edge.ask(query, { as });
  expect(errors).toBeUndefined();
  return (data as { order: { nextActions: readonly Action[] } }).order.nextActions;
};

const possible = (actions: readonly Action[]): readonly string[] =>
  actions.filter(({ isPossible }) => isPossible).map(({ action }) => action);
const reasonOf = (actions: readonly Action[], name: string): string | null | undefined =>
  actions.find(({ action }) => action === name)?.reason;

const codeOf = (actions: readonly Action[], name: string): string | null | undefined =>
  actions.find(({ action }) => action === name)?.code;

const parcel = (status: OrderDetails['shipments'][number]['status']) => ({
  shipments: [{ id: ids.shipment, number: 9_007, warehouseId: ids.warehouse, status }],
});
const unpaid = { status: 'PLACED', progress: 'PLACED', paymentId: null, shipments: [] } as const;

describe('the next actions of a shipment', () => {
  const ofShipment = async (role: 'customer' | 'staff', status: OrderDetails['status'] | 'FAILED') => {
    const stored = edge.shop.orders[0]!;
    const document = { ...stored.document, ...parcel(status as never) };
    edge.shop.orders[0] = { ...stored, document };
    const as = await edge.tokenOf(role === 'customer' ? ids.ada : ids.sam, role);
    const query = `{ shipment(id: "${ids.shipment}") { nextActions { action shipmentId isPossible reason code } } }`;
    const { data } = await edge.ask(query, { as });
    return (data as { shipment: { nextActions: readonly Action[] } }).shipment.nextActions;
  };

  it('are those of its order that are about it', async () => {
    const actions = await ofShipment('staff', 'FAILED');
    expect(possible(actions)).toEqual(['retryShipment', 'moveShipment']);
    expect(actions.every(({ shipmentId }) => shipmentId === ids.shipment)).toBe(true);
    expect(codeOf(actions, 'requestShipmentStatus')).toBe('SHIPMENT_WRONG_STATUS');
  });

  it('are none for the customer', async () => expect(await ofShipment('customer', 'FAILED')).toEqual([]));
});

describe('the next actions of an order', () => {
  it('are those of its customer, with the reason of each that is not possible', async () => {
    const actions = await actionsOf('customer');
    expect(possible(actions)).toEqual(['cancelOrder', 'cancelGoods', 'changeDestination']);
    expect(reasonOf(actions, 'payOrder')).toMatch(/paid/);
    expect(reasonOf(actions, 'confirmReceipt')).toMatch(/PAID/);
    expect(codeOf(actions, 'payOrder')).toBe('ORDER_ALREADY_PAID');
    expect(codeOf(actions, 'cancelOrder')).toBeNull();
    expect(actions).toHaveLength(5);
  });

  it('are more for staff, for the order and each of its shipments', async () => {
    const actions = await actionsOf('staff', parcel('FAILED'));
    expect(possible(actions)).toEqual([
      ...['cancelOrder', 'cancelGoods', 'changeDestination', 'refundOrder', 'holdOrder'],
      ...['retryShipment', 'moveShipment'],
    ]);
    expect(actions.filter(({ shipmentId }) => shipmentId === ids.shipment)).toHaveLength(3);
    expect(reasonOf(actions, 'requestShipmentStatus')).toMatch(/FAILED/);
  });

  it.each([
    [
      'an order whose payment is pending',
      { ...unpaid, openPaymentId: ids.payment },
      ['cancelOrder', 'changeDestination', 'holdOrder'],
    ],
    ['an unpaid order', unpaid, ['payOrder', 'cancelOrder', 'changeDestination', 'holdOrder']],
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

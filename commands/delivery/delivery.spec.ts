import type { AddressId, OrderId } from '../../domain/kernel';
import { standInGeocoder } from '../../gateways/geocoding';
import {
  ann,
  bob,
  createOrderBench,
  customer,
  furnish,
  idOf,
} from '../../tests/support/commands/order-fixture';

const asAnn = { as: customer(ann) };
const home = { recipient: 'Ann', line1: '12 Harbour Street', city: 'London', country: 'GB' };
const work = { ...home, line1: '1 Dock Road', telephone: '+44 20 7946 0000' };
const stored = { ...work, telephone: '+442079460000' };

const createShop = async (options?: Parameters<typeof createOrderBench>[0]) => {
  const bench = createOrderBench(options);
  const { mug: productId } = await furnish(bench);
  const fillCart = (customerId = ann) =>
    bench.demand('addToCart', { customerId, productId, quantity: 1 }, { as: customer(customerId) });
  await fillCart();
  return { ...bench, fillCart };
};
type Shop = Awaited<ReturnType<typeof createShop>>;

const eventOf = async (shop: Shop, type: string): Promise<Record<string, unknown> | undefined> =>
  (await shop.events()).findLast((event) => event.type === type)?.data as never;
const saved = async (shop: Shop): Promise<AddressId> =>
  (await shop.demand('addAddress', { accountId: ann, ...home }, asAnn)).addressId;

it('an order to a typed address goes to the place that the geocoder finds', async () => {
  const shop = await createShop();
  await shop.demand('placeOrder', { customerId: ann, address: work }, asAnn);
  expect(await eventOf(shop, 'OrderPlaced')).toMatchObject({
    destination: await standInGeocoder.locate(work),
    shipTo: stored,
  });
});

it('an order to an entry of the address book keeps the address as it was', async () => {
  const shop = await createShop();
  const addressId = await saved(shop);
  await shop.demand('placeOrder', { customerId: ann, addressId }, asAnn);
  await shop.demand('changeAddress', { accountId: ann, addressId, ...work }, asAnn);
  expect(await eventOf(shop, 'OrderPlaced')).toMatchObject({ shipTo: home });
});

it('a place beside an address is where the parcel goes', async () => {
  const shop = await createShop();
  const destination = { x: 3, y: -4 };
  await shop.demand('placeOrder', { customerId: ann, address: work, destination }, asAnn);
  expect(await eventOf(shop, 'OrderPlaced')).toMatchObject({ destination, shipTo: stored });
});

it.each([
  [{}, { code: 'DESTINATION_REQUIRED' }],
  [{ address: home, addressId: idOf('any') as AddressId }, { code: 'ADDRESS_GIVEN_TWICE' }],
  [{ addressId: idOf('none') as AddressId }, { code: 'ADDRESS_NOT_FOUND', addressId: idOf('none') }],
  [{ address: { ...home, city: '' } }, { code: 'ADDRESS_INCOMPLETE', field: 'city' }],
  [
    { address: { ...home, city: '' }, destination: { x: 1, y: 1 } },
    { code: 'ADDRESS_INCOMPLETE', field: 'city' },
  ],
  [{ address: { ...home, country: 'UK' } }, { code: 'COUNTRY_UNKNOWN', country: 'UK' }],
])('%j is refused', async (wish, rejection) => {
  const shop = await createShop();
  expect(await shop.refusal('placeOrder', { customerId: ann, ...wish }, asAnn)).toEqual(rejection);
});

it('the address book is that of the customer', async () => {
  const shop = await createShop();
  const addressId = await saved(shop);
  await shop.fillCart(bob);
  expect(await shop.refusal('placeOrder', { customerId: bob, addressId }, { as: customer(bob) })).toEqual({
    code: 'ADDRESS_NOT_FOUND',
    addressId,
  });
});

it('a repeat is the same order, also after the address was removed', async () => {
  const shop = await createShop();
  const addressId = await saved(shop);
  const once = { ...asAnn, id: 'order' };
  const first = await shop.demand('placeOrder', { customerId: ann, addressId }, once);
  await shop.demand('removeAddress', { accountId: ann, addressId }, asAnn);
  expect(await shop.demand('placeOrder', { customerId: ann, addressId }, once)).toEqual(first);
});

describe('changeDestination', () => {
  const placed = async (shop: Shop): Promise<OrderId> =>
    (await shop.demand('placeOrder', { customerId: ann, address: home }, asAnn)).orderId;

  it('takes an address', async () => {
    const shop = await createShop();
    const orderId = await placed(shop);
    await shop.demand('changeDestination', { orderId, address: work }, asAnn);
    expect(await eventOf(shop, 'OrderDestinationChanged')).toMatchObject({
      destination: await standInGeocoder.locate(work),
      shipTo: stored,
    });
  });

  it('takes an entry of the address book of the customer, from staff too', async () => {
    const shop = await createShop();
    const orderId = await placed(shop);
    const addressId = await saved(shop);
    await shop.demand('changeAddress', { accountId: ann, addressId, ...work }, asAnn);
    await shop.demand('changeDestination', { orderId, addressId }, {});
    expect(await eventOf(shop, 'OrderDestinationChanged')).toMatchObject({ shipTo: stored });
  });

  it('says nothing about addresses of others', async () => {
    const shop = await createShop();
    const orderId = await placed(shop);
    const addressId = await saved(shop);
    for (const wish of [{ addressId }, {}, { addressId: idOf('none') as AddressId }])
      expect(await shop.refusal('changeDestination', { orderId, ...wish }, { as: customer(bob) })).toEqual({
        code: 'ORDER_NOT_FOUND',
        orderId,
      });
  });
});

it('the offer of a cart names the place of the address, and none while the address is not complete', async () => {
  const shop = await createShop();
  const offer = (wish: object) => shop.demand('offerCart', { customerId: ann, ...wish }, asAnn);
  expect(await offer({ address: work })).toMatchObject({
    destination: await standInGeocoder.locate(work),
  });
  expect(await offer({ address: { ...work, city: '' } })).not.toHaveProperty('destination');
  expect(await offer({})).not.toHaveProperty('destination');
});

it('an address that the geocoder does not find is refused, unless its place is given', async () => {
  const shop = await createShop({ geocoder: { locate: () => Promise.resolve(undefined) } });
  expect(await shop.refusal('placeOrder', { customerId: ann, address: home }, asAnn)).toEqual({
    code: 'ADDRESS_NOT_LOCATED',
  });
  await shop.demand('placeOrder', { customerId: ann, address: home, destination: { x: 1, y: 1 } }, asAnn);
});

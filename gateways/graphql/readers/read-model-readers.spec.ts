import type { AccountId, Instant, WarehouseId } from '../../../domain/kernel';
import { realClock } from '../../../platform/clock';
import { positionOf } from '../../../platform/event-store';
import type { CollectionSpec, Document } from '../../../platform/read-models';
import { memoryReadModels } from '../../../platform/read-models/memory';
import { accounts } from '../../../projections/accounts';
import { carts } from '../../../projections/carts';
import { catalogue } from '../../../projections/catalogue';
import { exchangeLog, type ExchangeLogEntry } from '../../../projections/exchange-log';
import { orderDetails } from '../../../projections/order-details';
import { orderWords, type OrderWords } from '../../../projections/order-words';
import { moderationCases } from '../../../projections/moderation-cases';
import { posts } from '../../../projections/posts';
import { reviews } from '../../../projections/reviews';
import { salesByDay } from '../../../projections/sales-by-day';
import { sellerOrders } from '../../../projections/seller-orders';
import { sellerRatings } from '../../../projections/seller-ratings';
import { shipments } from '../../../projections/shipments';
import { stockLevels } from '../../../projections/stock-levels';
import { warehouses } from '../../../projections/warehouses';
import { worldCommands } from '../../../projections/world-commands';
import { worldLinks } from '../../../projections/world-links';
import { id, ids, shopDocuments } from '../../../tests/support/graphql/edge';
import { readersOf } from './read-model-readers';

const setUp = async () => {
  const readModels = memoryReadModels();
  const shop = shopDocuments();
  const fill = async (collection: CollectionSpec, documents: readonly Document[]) => {
    await readModels.ensure(collection);
    const position = positionOf(9);
    const upserts = documents.map((document) => ({ document, position }));
    await readModels.write({ collection, upserts, deletes: [], position });
  };
  const [mug, pot] = shop.products;
  const dear = { ...pot!, price: { ...pot!.price, amountMinor: 9_900 }, category: 'hearth' };
  const gone = { ...pot!, id: id<typeof ids.pot>(18), name: 'Lid', active: false };
  await fill(accounts.collection, shop.accounts);
  await fill(carts.collection, shop.carts);
  await fill(catalogue.collection, [mug!, dear, gone]);
  await fill(
    orderDetails.collection,
    shop.orders.map(({ document }) => document),
  );
  await fill(
    shipments.collection,
    shop.shipments.map(({ document }) => document),
  );
  await fill(warehouses.collection, shop.warehouses);
  const [level] = shop.stock;
  const more = (warehouseId: number, isLow: boolean) => ({
    ...level!,
    id: `${warehouseId}-${ids.pot}`,
    productId: ids.pot,
    warehouseId,
    isLow,
  });
  await fill(stockLevels.collection, [level!, more(2, false), more(3, true)]);
  await fill(reviews.collection, shop.reviews);
  await fill(posts.collection, shop.posts);
  const opened = { kind: 'REVIEW', state: 'OPEN', reports: [], hiddenFor: null, changedAt: 'now' };
  await fill(moderationCases.collection, [{ id: ids.review, ...opened } as Document]);
  await fill(sellerRatings.collection, shop.sellerRatings);
  await fill(sellerOrders.collection, shop.sellerOrders);
  await fill(
    salesByDay.collection,
    ['2026-01-30', '2026-01-31', '2026-02-01'].map((day) => ({ id: day, day })),
  );
  await fill(exchangeLog.collection, [exchanged('kept', true), exchanged('gone', false)]);
  const words: readonly OrderWords[] = [
    { id: ids.order, words: '1001 SKU-1 1Z999' },
    { id: id<typeof ids.order>(33), words: '9999' },
  ];
  await fill(orderWords.collection, words);
  for (const { collection } of [worldLinks, worldCommands]) await fill(collection, []);
  return readersOf(readModels, realClock);
};

const exchanged = (entry: string, parked: boolean): ExchangeLogEntry => ({
  ...{ id: entry, link: 'carrier:ups', direction: 'received', kind: 'delivered', status: 'parked', parked },
  ...{
    seqnum: null,
    shipmentNumber: 1,
    content: '{}',
    note: null,
    at: '2026-01-31T08:00:00.000Z' as Instant,
  },
  ...{ settledAt: null, correlationId: 'c' },
});

const names = ({ items }: { items: readonly { document: { name: string } }[] }) =>
  items.map(({ document }) => document.name);

it.each([
  ['NAME', ['Mug', 'Pot']],
  ['PRICE', ['Mug', 'Pot']],
  ['PRICE_DESCENDING', ['Pot', 'Mug']],
] as const)('lists what is sold by %s', async (sort, wanted) => {
  const { products } = await setUp();
  expect(names(await products.list({ sort }).page({ first: 10 }))).toEqual(wanted);
});

it.each(['NAME', 'PRICE', 'PRICE_DESCENDING', 'NEWEST', 'RATING'] as const)(
  'lists a category by %s, and pages through it',
  async (sort) => {
    const { products } = await setUp();
    expect(names(await products.list({ sort, categories: ['hearth'] }).page({ first: 10 }))).toEqual(['Pot']);
    const first = await products.list({ sort }).page({ first: 1 });
    const second = await products.list({ sort }).page({ first: 1, after: first.items[0]!.cursor });
    expect(new Set([...names(first), ...names(second)])).toEqual(new Set(['Mug', 'Pot']));
    expect([first.hasMore, second.hasMore]).toEqual([true, false]);
  },
);

it('finds words among what is sold', async () => {
  const { products } = await setUp();
  expect(names(await products.list({ text: 'po', sort: 'NAME' }).page({ first: 10 }))).toEqual(['Pot']);
  expect(names(await products.list({ text: 'lid', sort: 'NAME' }).page({ first: 10 }))).toEqual([]);
});

it('lists the accounts, or the one of an address', async () => {
  const { accounts } = await setUp();
  expect(await accounts.list(undefined).countUpTo(10)).toBe(2);
  expect(names(await accounts.list('sam@example.com').page({ first: 10 }))).toEqual(['Sam']);
});

it('finds the messages about a shipment', async () => {
  const { exchanges } = await setUp();
  expect(await exchanges.ofShipment(1).countUpTo(10)).toBe(2);
  expect(await exchanges.ofShipment(2).countUpTo(10)).toBe(0);
});

it('finds messages by words, over all links, the newest first, and pages through them', async () => {
  const { exchanges } = await setUp();
  const idsOn = async (page: object) =>
    (await exchanges.withWords('deliv').page({ first: 10, ...page })).items.map(
      ({ document }) => document.id,
    );
  expect(await idsOn({})).toEqual(['gone', 'kept']);
  const { items, hasMore } = await exchanges.withWords('ups deliv').page({ first: 1 });
  expect([items[0]?.document.id, hasMore]).toEqual(['gone', true]);
  const after = (await exchanges.withWords('deliv').page({ first: 1 })).items[0]!.cursor;
  expect(await idsOn({ after })).toEqual(['kept']);
  expect(await idsOn({ first: 1, backwards: true })).toEqual(['kept']);
  expect(await exchanges.withWords('nothing').countUpTo(10)).toBe(0);
});

it('finds orders by words, or by the e-mail address of their customer', async () => {
  const { orders } = await setUp();
  const found = async (text: string) =>
    (await orders.find(text).page({ first: 10 })).items.map(({ document: { number } }) => number);
  expect(await found('1001')).toEqual([1_001]);
  expect(await found('1z99')).toEqual([1_001]);
  expect(await found('sku-1')).toEqual([1_001]);
  expect(await found('sku-2')).toEqual([]);
  expect(await found(' Ada@Example.com ')).toEqual([1_001]);
  expect(await found('sam@example.com')).toEqual([]);
  expect(await found('stranger@example.com')).toEqual([]);
  expect(await orders.find('stranger@example.com').countUpTo(10)).toBe(0);
  expect(await orders.find('ada@example.com').countUpTo(10)).toBe(1);
  // `order_words` may be ahead of `order_details`.
  expect(await found('9999')).toEqual([]);
});

it('lists what a seller sells, and all that it has', async () => {
  const { products, sellerOrders } = await setUp();
  const page = { first: 10 };
  const sold = (sellerId: AccountId) => products.list({ sellerId, sort: 'NAME' }).page(page);
  expect(names(await sold(ids.sam))).toEqual(['Mug', 'Pot']);
  expect(names(await sold(ids.eve))).toEqual([]);
  expect(names(await products.list({ sellerId: ids.sam, text: 'po', sort: 'NAME' }).page(page))).toEqual([
    'Pot',
  ]);
  expect(names(await products.ofSeller(ids.sam, undefined).page(page))).toEqual(['Lid', 'Mug', 'Pot']);
  expect(names(await products.ofSeller(ids.sam, 'lid').page(page))).toEqual(['Lid']);
  expect(names(await products.ofSeller(ids.eve, 'lid').page(page))).toEqual([]);
  expect(await sellerOrders.ofSeller(ids.sam).countUpTo(10)).toBe(1);
  expect(await sellerOrders.ofSeller(ids.eve).countUpTo(10)).toBe(0);
});

it('lists the orders of an account, with a status, or all', async () => {
  const { orders } = await setUp();
  const count = (asked: object) => orders.list(asked).countUpTo(10);
  expect(await count({})).toBe(1);
  expect(await count({ status: 'PAID' })).toBe(1);
  expect(await count({ status: 'PLACED' })).toBe(0);
  expect(await count({ customerId: ids.ada })).toBe(1);
  expect(await count({ customerId: ids.eve })).toBe(0);
  expect(await count({ customerId: ids.ada, status: 'PAID' })).toBe(1);
  expect(await count({ customerId: ids.ada, status: 'PLACED' })).toBe(0);
});

it('finds orders by their name in a list, and by when they were sold', async () => {
  const { orders } = await setUp();
  const count = async (asked: object) => (await orders.list(asked).page({ first: 10 })).items.length;
  const [day, next] = ['2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
  expect(await count({ reference: '536365' })).toBe(1);
  expect(await count({ reference: '536366' })).toBe(0);
  expect(await count({ soldFrom: day, soldBefore: next })).toBe(1);
  expect(await count({ soldBefore: day })).toBe(0);
  expect(await count({ soldFrom: next })).toBe(0);
  expect(await count({ reference: '536365', soldFrom: next })).toBe(0);
  expect(await count({ customerId: ids.ada, status: 'PAID', soldFrom: day, soldBefore: next })).toBe(1);
  expect(await count({ customerId: ids.ada, soldFrom: next })).toBe(0);
});

it('finds a shipment by each of its numbers, with how new it is', async () => {
  const { shipments: reader } = await setUp();
  const found = { document: { id: ids.shipment }, lastPosition: positionOf(9) };
  expect(await reader.byTrackingNumber('1Z999')).toMatchObject(found);
  expect(await reader.byNumber(9_007)).toMatchObject(found);
  expect(await reader.ofOrder(ids.order)).toMatchObject([found]);
  expect(await reader.byTrackingNumber('none')).toBeUndefined();
});

it('lists days of sales, both ends included', async () => {
  const { sales } = await setUp();
  const days = async (asked: { from?: string; to?: string }) =>
    (await sales.list(asked).page({ first: 10 })).items.map(({ document: { day } }) => day);
  expect(await days({})).toEqual(['2026-01-30', '2026-01-31', '2026-02-01']);
  expect(await days({ from: '2026-01-31' })).toEqual(['2026-01-31', '2026-02-01']);
  expect(await days({ to: '2026-01-31' })).toEqual(['2026-01-30', '2026-01-31']);
  expect(await days({ from: '2026-01-31', to: '2026-01-31' })).toEqual(['2026-01-31']);
});

it('lists what is below its threshold, in a warehouse or in all', async () => {
  const { stock } = await setUp();
  const low = async (warehouseId?: number) =>
    (await stock.low(warehouseId as WarehouseId | undefined).page({ first: 10 })).items.map(
      ({ document: { id } }) => id,
    );
  expect(await low()).toEqual([`1-${ids.mug}`, `3-${ids.pot}`]);
  expect(await low(1)).toEqual([`1-${ids.mug}`]);
  expect(await low(2)).toEqual([]);
});

it('finds the rest', async () => {
  const readers = await setUp();
  expect(await readers.warehouses.getMany([String(ids.warehouse)])).toHaveLength(1);
  expect((await readers.warehouses.list()).map(({ warehouseId }) => warehouseId)).toEqual([1, 2, 3]);
  expect(await readers.stock.ofProduct(ids.mug)).toHaveLength(1);
  expect((await readers.stock.ofWarehouse(ids.warehouse).page({ first: 10 })).items).toHaveLength(1);
  expect((await readers.reviews.byAuthor(ids.ada).page({ first: 10 })).items).toHaveLength(1);
  const subject = `product:${ids.mug}`;
  for (const sort of ['NEWEST', 'RATING', 'RATING_DESCENDING', 'HELPFUL'] as const) {
    const { items } = await readers.reviews.list({ subject, sort }).page({ first: 10 });
    expect(items).toHaveLength(1);
  }
  for (const stars of [4, 5])
    expect(await readers.reviews.list({ subject, sort: 'NEWEST', stars }).countUpTo(10)).toBe(
      stars === 4 ? 1 : 0,
    );
  expect(await readers.posts.questionsOn(ids.mug).countUpTo(10)).toBe(1);
  expect(await readers.posts.questionsOn(ids.pot).countUpTo(10)).toBe(0);
  expect(await readers.posts.answersTo(ids.question).countUpTo(10)).toBe(1);
  expect(await readers.posts.byAuthor(ids.ada).countUpTo(10)).toBe(1);
  expect(await readers.moderationCases.list('OPEN').countUpTo(10)).toBe(1);
  expect(await readers.moderationCases.list('HIDDEN').countUpTo(10)).toBe(0);
  expect(await readers.accounts.getMany([ids.ada, ids.eve])).toHaveLength(1);
  expect(await readers.carts.getMany([ids.ada])).toHaveLength(1);
  expect(await readers.sellerRatings.getMany([ids.sam])).toHaveLength(1);
  expect((await readers.exchanges.ofLink('world:main').page({ first: 10 })).items).toEqual([]);
  expect((await readers.exchanges.ofLink('carrier:ups').page({ first: 10 })).items).toHaveLength(2);
  const parked = await readers.exchanges.parked().page({ first: 10 });
  expect(parked.items.map(({ document }) => document.id)).toEqual(['kept']);
  expect(await readers.worldLinks.list()).toEqual([]);
  expect(await readers.worldLinks.unacked('main')).toBe(0);
});

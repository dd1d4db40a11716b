import { cartQuantityMax } from '../domain/cart';
import type { ProductId, ReviewId, ShipmentId, TruckId, WarehouseId } from '../domain/kernel';
import { moneyMinorMax, type Money } from '../domain/money';
import {
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
  ann,
  bob,
  buy,
  shipmentsOf,
} from '../tests/support/commands/order-fixture';
import type { Principal } from '../platform/execution';
import type { UseCaseName } from '.';

const staff: Principal = { kind: 'staff', id: 'sue', roles: ['staff'] };
const gateway: Principal = { kind: 'gateway', id: 'world', roles: [] };
const asAnn = { as: customer(ann) };
const nowhere = idOf('nowhere');
const truckId = 3 as TruckId;

describe('money in every use case', () => {
  const tooMuch = { amountMinor: moneyMinorMax + 1, currency: gbp(1).currency };
  const described = { name: 'n', description: '', category: '' };
  const place = { x: 0, y: 0 };
  const doors: readonly (readonly [UseCaseName, string, (sum: Money) => object])[] = [
    ['registerProduct', 'price', (price) => ({ sku: 's', ...described, price })],
    ['importProduct', 'price', (price) => ({ sku: 's', name: 'n', category: 'c', price })],
    ['changeProductPrice', 'price', (price) => ({ productId: nowhere, price })],
    ['refundOrder', 'amount', (amount) => ({ orderId: nowhere, amount, reason: 'r' })],
    [
      'importOrder',
      'lines.0.unitPrice',
      (unitPrice) => ({
        ...{ source: 's', reference: 'r', customerId: ann, destination: place, paymentMethod: 'test' },
        lines: [{ productId: nowhere, quantity: 1, unitPrice }],
      }),
    ],
  ];

  it.each(doors)('%s refuses a sum beyond the one bound in %s', async (name, field, input) => {
    const bench = createOrderBench();
    await expect(bench.send(name, input(tooMuch) as never)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(`${field}.amountMinor`) as string,
    });
    await expect(bench.send(name, input(gbp(moneyMinorMax)) as never)).resolves.toBeDefined();
  });

  it('a cart rejects a total above the maximum of an order', async () => {
    const bench = createOrderBench();
    const price = gbp(moneyMinorMax);
    const { productId } = await bench.demand('registerProduct', { sku: 's', ...described, price });
    await bench.demand('addToCart', { customerId: ann, productId, quantity: 1 }, asAnn);
    expect(await bench.refusal('addToCart', { customerId: ann, productId, quantity: 1 }, asAnn)).toEqual({
      code: 'CART_TOTAL_TOO_LARGE',
      totalMinorMax: moneyMinorMax,
    });
  });
});

describe('text that cannot be stored', () => {
  it.each(['Half\uD83D', 'N\0UL'])('is refused by the name of its field: %j', async (name) => {
    const bench = createOrderBench();
    await expect(bench.send('registerWarehouse', { name, place: { x: 0, y: 0 } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/^name: /) as string,
    });
    expect(await bench.events()).toEqual([]);
  });
});

describe('who may do what', () => {
  const shipmentId = nowhere as ShipmentId;
  const productId = nowhere as ProductId;
  const warehouseId = 1 as WarehouseId;
  const stock = { warehouseId, productId, quantity: 1 };
  const described = { name: 'n', description: '', category: '' };

  const staffOnly: readonly (readonly [UseCaseName, object])[] = [
    ['registerProduct', { sku: 's', ...described, price: gbp(1) }],
    ['importProduct', { sku: 's', name: 'n', category: 'c', price: gbp(1) }],
    ['changeProductPrice', { productId, price: gbp(1) }],
    ['describeProduct', { productId, ...described }],
    ['discontinueProduct', { productId }],
    ['reinstateProduct', { productId }],
    ['registerWarehouse', { name: 'n', place: { x: 0, y: 0 } }],
    ['deactivateWarehouse', { warehouseId }],
    ['reactivateWarehouse', { warehouseId }],
    ['receiveStock', stock],
    ['removeStock', { ...stock, reason: 'lost' }],
    ['replenish', stock],
    ['setLowStockThreshold', { warehouseId, productId, threshold: 1 }],
    ['holdOrder', { orderId: nowhere, reason: 'OTHER' }],
    ['releaseOrder', { orderId: nowhere, reason: 'OTHER' }],
    ['addOrderNote', { orderId: nowhere, text: 't' }],
    ['tagOrder', { orderId: nowhere, tag: 't' }],
    ['untagOrder', { orderId: nowhere, tag: 't' }],
    ['retryShipment', { shipmentId }],
    ['moveShipment', { shipmentId, warehouseId }],
    ['requestShipmentStatus', { shipmentId }],
    ['retryCarrierMessage', { messageId: nowhere }],
    ['markCarrierMessageHandled', { messageId: nowhere }],
    ['sendMessage', { accountId: nowhere, subject: 's', text: 't' }],
    ['retryNotification', { notificationId: nowhere }],
    ['recordPacked', { shipmentId }],
    ['recordTruckDispatched', { shipmentId, truckId }],
    ['recordTruckArrived', { shipmentId, truckId, warehouseId }],
    ['recordLoaded', { shipmentId }],
    ['recordDeliveryStarted', { shipmentId }],
    ['recordDelivered', { shipmentId }],
    ['assignTracking', { shipmentId, trackingNumber: 't' }],
    ['recordShipmentFailure', { shipmentId, step: 'packing', reason: 'r' }],
    ['provisionAccount', { email: 'a@b', name: 'n', roles: [] }],
  ];

  it.each(staffOnly)('%s is not for customers', async (name, input) => {
    const bench = createOrderBench();
    await expect(bench.send(name, input as never, asAnn)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it.each([
    ['addToCart', { productId, quantity: 1 }],
    ['mergeCart', { lines: [{ productId, quantity: 1 }] }],
    ['changeCartLine', { productId, quantity: 1 }],
    ['removeFromCart', { productId }],
  ] as const)('%s is for one’s own cart', async (name, input) => {
    const bench = createOrderBench();
    const sending = bench.send(name, { customerId: bob, ...input } as never, asAnn);
    await expect(sending).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('lets gateways report what happened, and no more', async () => {
    const bench = createOrderBench();
    expect(await bench.refusal('recordPacked', { shipmentId }, { as: gateway })).toMatchObject({
      code: 'SHIPMENT_NOT_FOUND',
    });
    await expect(bench.send('replenish', stock, { as: gateway })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('lets sellers keep their own goods only', async () => {
    const bench = createOrderBench();
    const seller = (id: string): Principal => ({ kind: 'customer', id, roles: ['customer', 'seller'] });
    const facts = { sku: 'ANN-1', ...described, price: gbp(10), sellerId: ann };
    const { productId: hers } = await bench.demand('registerProduct', facts, { as: seller(ann) });
    await bench.demand('changeProductPrice', { productId: hers, price: gbp(12) }, { as: seller(ann) });
    const meddling = bench.send(
      'changeProductPrice',
      { productId: hers, price: gbp(1) },
      { as: seller(bob) },
    );
    await expect(meddling).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    const inHerName = bench.send('registerProduct', { ...facts, sku: 'ANN-2' }, { as: seller(bob) });
    await expect(inHerName).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });
});

describe('the cart', () => {
  it('takes known, sold goods in sane quantities', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const add = (productId: ProductId, quantity: number) =>
      bench.refusal('addToCart', { customerId: ann, productId, quantity }, asAnn);
    const unknown = nowhere as ProductId;
    expect(await add(unknown, 1)).toEqual({ code: 'PRODUCT_NOT_FOUND', productId: unknown });
    for (const quantity of [0, -1, 1.5, 1e12])
      expect(await add(mug, quantity)).toMatchObject({ code: 'QUANTITY_OUT_OF_RANGE', quantity });
    await bench.demand('discontinueProduct', { productId: mug });
    expect(await add(mug, 1)).toEqual({ code: 'PRODUCT_DISCONTINUED', productId: mug });
  });

  it('takes over the cart of a guest once a command id, and names what cannot be added', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const unknown = nowhere as ProductId;
    await bench.demand('addToCart', { customerId: ann, productId: mug, quantity: 1 }, asAnn);
    const lines = [
      { productId: unknown, quantity: 1 },
      { productId: mug, quantity: 2 },
      { productId: mug, quantity: cartQuantityMax },
    ];
    for (let repeat = 0; repeat < 2; repeat += 1)
      expect(
        await bench.demand('mergeCart', { customerId: ann, lines }, { ...asAnn, id: 'merge' }),
      ).toMatchObject({
        skipped: [
          { productId: unknown, code: 'PRODUCT_NOT_FOUND' },
          { productId: mug, code: 'QUANTITY_OUT_OF_RANGE' },
        ],
      });
    expect(await bench.count('CartLineAdded')).toBe(2);
  });

  it('adds once a command id', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const input = { customerId: ann, productId: mug, quantity: 2 };
    for (let repeat = 0; repeat < 3; repeat += 1)
      await bench.demand('addToCart', input, { ...asAnn, id: 'add' });
    await bench.demand('removeFromCart', input, asAnn);
    expect(await bench.refusal('removeFromCart', input, asAnn)).toMatchObject({
      code: 'CART_LINE_NOT_FOUND',
    });
    expect(await bench.count('CartLineAdded')).toBe(1);
  });
});

describe('the catalogue and the warehouses', () => {
  it('register a product once a SKU', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const again = { sku: 'MUG', name: 'Another', description: '', category: '', price: gbp(1) };
    expect(await bench.refusal('registerProduct', again, { as: staff })).toEqual({
      code: 'PRODUCT_ALREADY_REGISTERED',
      productId: mug,
      sku: 'MUG',
    });
    await bench.demand('describeProduct', {
      productId: mug,
      name: 'Big mug',
      description: 'd',
      category: 'c',
    });
    await bench.demand('discontinueProduct', { productId: mug });
    await bench.demand('reinstateProduct', { productId: mug });
  });

  it('give one number to a warehouse, also when its registration is repeated', async () => {
    const bench = createOrderBench();
    const input = { name: 'North', place: { x: 0, y: 0 } };
    const first = await bench.demand('registerWarehouse', input, { id: 'north' });
    expect(await bench.demand('registerWarehouse', input, { id: 'north' })).toEqual(first);
    const second = await bench.demand('registerWarehouse', { ...input, name: 'South' });
    expect([first.warehouseId, second.warehouseId]).toEqual([1, 2]);
    await bench.demand('deactivateWarehouse', first);
    await bench.demand('reactivateWarehouse', first);
  });

  it('keep stock only of what there is, where there is a place', async () => {
    const bench = createOrderBench();
    const { near, mug } = await furnish(bench);
    const warehouseId = 77 as WarehouseId;
    expect(await bench.refusal('receiveStock', { warehouseId, productId: mug, quantity: 1 })).toEqual({
      code: 'WAREHOUSE_NOT_FOUND',
      warehouseId,
    });
    const productId = nowhere as ProductId;
    expect(await bench.refusal('replenish', { warehouseId: near, productId, quantity: 1 })).toEqual({
      code: 'PRODUCT_NOT_FOUND',
      productId,
    });
    const tooMany = { warehouseId: near, productId: mug, quantity: 11, reason: 'lost' };
    expect(await bench.refusal('removeStock', tooMany)).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    const threshold = { warehouseId: near, productId: mug, threshold: 4 };
    for (let copy = 0; copy < 3; copy += 1)
      await bench.demand('setLowStockThreshold', threshold, { as: staff });
    expect(await bench.count('StockThresholdSet')).toBe(1);
    expect(await bench.refusal('setLowStockThreshold', { ...threshold, threshold: -1 })).toMatchObject({
      code: 'LOW_STOCK_THRESHOLD_OUT_OF_RANGE',
      threshold: -1,
    });
    const asked = { warehouseId: near, productId: mug, quantity: 5 };
    const { replenishmentId } = await bench.demand('replenish', asked);
    for (let copy = 0; copy < 3; copy += 1)
      await bench.demand('receiveStock', { ...asked, replenishmentId }, { as: gateway });
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 15 });
  });
});

describe('shipments', () => {
  it('are reported step by step, and reject a truck for another warehouse', async () => {
    const bench = createOrderBench({ world: false });
    const { near, far, mug } = await furnish(bench);
    bench.start();
    const orderId = await buy(bench, [[mug, 1]]);
    await bench.settle();
    const [shipmentId] = await shipmentsOf(bench, orderId);
    const of = { shipmentId: shipmentId! };
    const as = { as: gateway };
    expect(await bench.refusal('recordDelivered', of, as)).toMatchObject({ code: 'SHIPMENT_WRONG_STATUS' });
    await bench.demand('recordTruckDispatched', { ...of, truckId }, as);
    expect(await bench.refusal('recordTruckArrived', { ...of, truckId, warehouseId: far }, as)).toMatchObject(
      {
        code: 'WRONG_WAREHOUSE',
      },
    );
    await bench.demand('recordShipmentFailure', { ...of, step: 'packing', reason: 'fire' }, as);
    await bench.demand('retryShipment', of, { as: staff });
    await bench.demand('recordPacked', of, as);
    await bench.demand('recordTruckArrived', { ...of, truckId, warehouseId: near }, as);
    await bench.demand('assignTracking', { ...of, trackingNumber: '1Z' }, as);
    expect(await bench.refusal('requestShipmentStatus', of)).toMatchObject({ code: 'SHIPMENT_WRONG_STATUS' });
    await bench.demand('recordLoaded', of, as);
    for (const id of ['question', 'question', 'another question'])
      await bench.demand('requestShipmentStatus', of, { as: staff, id });
    expect(await bench.count('ShipmentStatusRequested')).toBe(2);
    await bench.demand('recordDeliveryStarted', of, as);
    await bench.demand('recordDelivered', of, as);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
  });
});

describe('reviews', () => {
  it('are one for each account and subject', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const account = { email: 'dee@example.org', name: 'Dee', roles: ['customer', 'seller'] as const };
    const { accountId: authorId } = await bench.demand('provisionAccount', account);
    const as = { as: customer(authorId) };
    const subject = { kind: 'product', productId: mug } as const;
    const input = { authorId, subject, rating: 4, text: 'Holds tea.' };
    const { reviewId } = await bench.demand('writeReview', input, as);
    expect(await bench.refusal('writeReview', { ...input, rating: 1 }, as)).toMatchObject({
      code: 'REVIEW_ALREADY_WRITTEN',
    });
    await bench.demand('editReview', { reviewId, authorId, rating: 5, text: 'Holds coffee too.' }, as);
    const someoneElses = { reviewId, authorId: ann, rating: 1, text: '' };
    expect(await bench.refusal('editReview', someoneElses, asAnn)).toMatchObject({
      code: 'REVIEW_NOT_FOUND',
    });
    await bench.demand('withdrawReview', { reviewId, authorId }, as);
    const about = (about: object) => ({ ...input, subject: about as typeof subject });
    const nothing = about({ kind: 'product', productId: nowhere });
    expect(await bench.refusal('writeReview', nothing, as)).toEqual({ code: 'SUBJECT_NOT_FOUND' });
    await bench.demand('writeReview', about({ kind: 'seller', sellerId: authorId }), as);
    expect(await bench.refusal('writeReview', { ...input, authorId: ann }, asAnn)).toEqual({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(
      await bench.refusal('withdrawReview', { reviewId: nowhere as ReviewId, authorId }, as),
    ).toMatchObject({
      code: 'REVIEW_NOT_FOUND',
    });
  });
});

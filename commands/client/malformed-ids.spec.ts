import {
  ann,
  createOrderBench,
  customer,
  furnish,
  gbp,
  system,
} from '../../tests/support/commands/order-fixture';
import type { Rejection } from '../rejections';
import type { InputOf, UseCaseName } from '..';
import type { Principal } from '../../platform/execution';

/** Named by text that no id of ours looks like, a thing is as unknown as under any other id. */
describe.each(['nonsense', '', '$all', '../../etc/passwd', 'x'.repeat(70_000)])('the id %.20j', (text) => {
  const id = text as never;
  const asAnn = customer(ann);
  const order = { orderId: id };
  const product = { productId: id };
  const shipment = { shipmentId: id };
  const review = { reviewId: id, authorId: ann };
  const ofAnn = { customerId: ann, ...product };
  const opinion = { rating: 5, text: '' };
  const described = { name: 'n', description: '', category: '' };
  const stock = { warehouseId: 1 as never, ...product, quantity: 1 };
  const place = { x: 0, y: 0 };

  const row = <Name extends UseCaseName>(
    code: Rejection['code'],
    name: Name,
    input: InputOf<Name>,
    as: Principal = asAnn,
  ) => ({ code, name, input, as });

  const rows = [
    row('PRODUCT_NOT_FOUND', 'addToCart', { ...ofAnn, quantity: 1 }),
    row('PRODUCT_NOT_FOUND', 'changeCartLine', { ...ofAnn, quantity: 1 }),
    row('CART_LINE_NOT_FOUND', 'removeFromCart', ofAnn),
    row('ORDER_NOT_FOUND', 'payOrder', { ...order, paymentMethod: 'test' }),
    row('ORDER_NOT_FOUND', 'cancelOrder', order),
    row('ORDER_NOT_FOUND', 'changeDestination', { ...order, destination: place }),
    row('ORDER_NOT_FOUND', 'confirmReceipt', order),
    row('REVIEW_NOT_FOUND', 'editReview', { ...review, ...opinion }),
    row('REVIEW_NOT_FOUND', 'withdrawReview', review),
    row('ORDER_NOT_FOUND', 'refundOrder', { ...order, amount: gbp(1), reason: 'r' }, system),
    row('ORDER_NOT_FOUND', 'holdOrder', { ...order, reason: 'OTHER' }, system),
    row('ORDER_NOT_FOUND', 'releaseOrder', { ...order, reason: 'OTHER' }, system),
    row('ORDER_NOT_FOUND', 'addOrderNote', { ...order, text: 't' }, system),
    row('ORDER_NOT_FOUND', 'tagOrder', { ...order, tag: 't' }, system),
    row('ORDER_NOT_FOUND', 'untagOrder', { ...order, tag: 't' }, system),
    row('PRODUCT_NOT_FOUND', 'changeProductPrice', { ...product, price: gbp(1) }, system),
    row('PRODUCT_NOT_FOUND', 'describeProduct', { ...product, ...described }, system),
    row('PRODUCT_NOT_FOUND', 'discontinueProduct', product, system),
    row('PRODUCT_NOT_FOUND', 'reinstateProduct', product, system),
    row('SHIPMENT_NOT_FOUND', 'retryShipment', shipment, system),
    row('SHIPMENT_NOT_FOUND', 'moveShipment', { ...shipment, warehouseId: 1 as never }, system),
    row('SHIPMENT_NOT_FOUND', 'requestShipmentStatus', shipment, system),
    row('SHIPMENT_NOT_FOUND', 'recordPacked', shipment, system),
    row('PRODUCT_NOT_FOUND', 'receiveStock', stock, system),
    row('PRODUCT_NOT_FOUND', 'removeStock', { ...stock, reason: 'r' }, system),
    row('PRODUCT_NOT_FOUND', 'replenish', stock, system),
    row('PRODUCT_NOT_FOUND', 'setLowStockThreshold', { ...stock, threshold: 1 }, system),
  ];

  it.each(rows)('is $code to $name, and nothing is recorded', async ({ code, name, input, as }) => {
    const bench = createOrderBench();
    await furnish(bench);
    const before = (await bench.events()).length;
    expect(await bench.refusal(name, input as never, { as })).toMatchObject({ code });
    expect(await bench.events()).toHaveLength(before);
  });

  it.each(['product', 'seller'] as const)('is no %s that can be reviewed', async (kind) => {
    const bench = createOrderBench();
    const account = { email: 'dee@example.org', name: 'Dee', roles: ['customer'] as const };
    const { accountId: authorId } = await bench.demand('provisionAccount', account);
    const subject = kind === 'product' ? { kind, productId: id } : { kind, sellerId: id };
    const written = await bench.refusal(
      'writeReview',
      { authorId, subject, ...opinion },
      { as: customer(authorId) },
    );
    expect(written).toEqual({ code: 'SUBJECT_NOT_FOUND' });
  });
});

it.each([0, -1, 2 ** 31, 2 ** 53 - 1])('the number %d is no warehouse', async (number) => {
  const bench = createOrderBench();
  const { mug } = await furnish(bench);
  const warehouseId = number as never;
  const stock = { warehouseId, productId: mug, quantity: 1 };
  const unknown = { code: 'WAREHOUSE_NOT_FOUND', warehouseId };
  expect(await bench.refusal('receiveStock', stock)).toEqual(unknown);
  expect(await bench.refusal('removeStock', { ...stock, reason: 'r' })).toEqual(unknown);
  expect(await bench.refusal('replenish', stock)).toEqual(unknown);
  expect(await bench.refusal('setLowStockThreshold', { ...stock, threshold: 1 })).toEqual(unknown);
  expect(await bench.refusal('deactivateWarehouse', { warehouseId })).toEqual(unknown);
  expect(await bench.refusal('reactivateWarehouse', { warehouseId })).toEqual(unknown);
  const as = customer(ann);
  await bench.demand('addToCart', { customerId: ann, productId: mug, quantity: 1 }, { as });
  const place = { customerId: ann, destination: { x: 0, y: 0 }, warehouseId };
  expect(await bench.refusal('placeOrder', place, { as })).toEqual(unknown);
});

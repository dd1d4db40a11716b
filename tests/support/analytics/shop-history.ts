import { instantOf } from '../../../domain/kernel';
import { money, type CurrencyCode } from '../../../domain/money';
import { lineTotalOf } from '../../../domain/order';
import { streamName } from '../../../platform/event-store';
import { uuidV5 } from '../../../platform/ids';

/** A stored fact of a stream. */
export type StreamFact = { readonly stream: string; readonly type: string; readonly data: object };

const NAMESPACE = '6ba7b812-9dad-11d1-80b4-00c04fd430c8';
const id = (name: string): string => uuidV5(NAMESPACE, name);

const HOUR_MS = 3_600_000;
/** A few days before the clocks of London go forward. */
const FIRST_MS = Date.UTC(2026, 2, 26, 8, 0, 0, 125);

const at = (hours: number, seconds = 0): string => instantOf(FIRST_MS + hours * HOUR_MS + seconds * 1_000);

const warehouses = [1, 2].map((warehouseId) => ({
  stream: `warehouse-${warehouseId}`,
  type: 'WarehouseRegistered',
  data: {
    warehouseId,
    name: `Dock ${warehouseId}`,
    place: { x: warehouseId, y: -1 },
    registeredAt: at(-48),
  },
}));

const goods = [
  ['MUG-01', 'Dockside mug', 'kitchen', 1_299, 'GBP'],
  ['VASE-02', 'Tall vase, "blue"', 'home', 2_450, 'GBP'],
  ['LAMP-03', '=HYPERLINK("x")', 'home', 8_900, 'GBP'],
  ['TEA-04', 'Sencha\n100 g', 'kitchen', 1_200, 'JPY'],
] as const;

const products = goods.map(([sku, name, category, amountMinor, currency], index) => ({
  productId: id(sku),
  number: index + 1,
  sku,
  name,
  category,
  price: money(amountMinor, currency as CurrencyCode),
}));
type Product = (typeof products)[number];

const catalogue = products.map((product): StreamFact => ({
  stream: streamName('product', product.productId),
  type: 'ProductRegistered',
  data: { ...product, description: `A ${product.name}.`, registeredAt: at(-40, product.number) },
}));

const customers = ['ada', 'grace', 'lin', 'mary'].map((name) => ({ name, customerId: id(name) }));

const accounts = customers.map(({ name, customerId }, index): StreamFact => ({
  stream: streamName('account', customerId),
  type: 'AccountRegistered',
  data: {
    accountId: customerId,
    email: `${name}@example.com`,
    name,
    passwordHash: 'x',
    roles: index === 0 ? ['customer', 'analyst'] : ['customer'],
    registeredAt: at(-30 + index * 13),
  },
}));

const stockOf = ({ productId }: Product, warehouseId: number) => {
  const place = { warehouseId, productId };
  return (type: string, data: object): StreamFact => ({
    stream: streamName('stock', `${warehouseId}-${productId}`),
    type,
    data: { ...place, ...data },
  });
};

const stock = products.flatMap((product) =>
  [1, 2].flatMap((warehouseId) => {
    const fact = stockOf(product, warehouseId);
    return [
      fact('StockThresholdSet', { threshold: 60, setAt: at(-25) }),
      fact('StockReceived', { quantity: 50 * (product.number + warehouseId), receivedAt: at(-24) }),
      ...(product.number === 2
        ? [fact('StockRemoved', { quantity: 3, reason: 'broken', removedAt: at(-20) })]
        : []),
    ];
  }),
);

type Order = {
  readonly number: number;
  readonly orderId: string;
  readonly customerId: string;
  readonly warehouseId: number;
  readonly lines: readonly object[];
  readonly total: { readonly amountMinor: number; readonly currency: string };
  readonly hours: number;
};

const orderOf = (number: number): Order => {
  const [first, second] = [products[number % 4]!, products[(number + 1) % 3]!];
  const chosen = first.price.currency === 'JPY' || number % 3 === 0 ? [first] : [first, second];
  const lines = chosen.map((product, index) => ({
    productId: product.productId,
    productNumber: product.number,
    sku: product.sku,
    name: product.name,
    quantity: 1 + ((number + index) % 3),
    unitPrice: product.price,
    // Some lines have a discount, so that a sum before discounts differs from one after them.
    discount: money(number % 4, product.price.currency),
  }));
  const amountMinor = lines.reduce((sum, line) => sum + lineTotalOf(line), 0);
  return {
    number,
    orderId: id(`order ${number}`),
    customerId: customers[number % customers.length]!.customerId,
    warehouseId: 1 + (number % 2),
    lines,
    total: { amountMinor, currency: first.price.currency },
    hours: number * 5,
  };
};

const placed = ({ orderId, number, customerId, lines, total, hours }: Order): StreamFact => ({
  stream: streamName('order', orderId),
  type: 'OrderPlaced',
  data: {
    orderId,
    number,
    customerId,
    lines,
    total,
    destination: { x: number, y: -number },
    payBy: at(hours + 24),
    placedAt: at(hours),
    // An imported order was sold days before.
    ...(number % 7 === 0 && {
      sale: { source: 'list', reference: `INV-${number}`, soldAt: at(hours - 90), country: 'France' },
    }),
  },
});

const paid = ({ orderId, customerId, total, hours }: Order): readonly StreamFact[] => {
  const paymentId = id(`payment ${orderId}`);
  const payment = streamName('payment', paymentId);
  const of = { paymentId, orderId };
  return [
    {
      stream: payment,
      type: 'PaymentRequested',
      data: { ...of, customerId, amount: total, method: 'test', requestedAt: at(hours, 1) },
    },
    {
      stream: payment,
      type: 'PaymentCaptured',
      data: { ...of, amount: total, reference: 'r', capturedAt: at(hours, 2) },
    },
    {
      stream: streamName('order', orderId),
      type: 'OrderPaid',
      data: { ...of, paid: total, paidAt: at(hours, 3) },
    },
  ];
};

const shipped = ({
  orderId,
  number,
  customerId,
  warehouseId,
  lines,
  hours,
}: Order): readonly StreamFact[] => {
  const shipmentId = id(`shipment ${orderId}`);
  const of = { shipmentId, number: 2_000 + number, orderId, warehouseId };
  const fact = (type: string, data: object): StreamFact => ({
    stream: streamName('shipment', shipmentId),
    type,
    data: { ...of, ...data },
  });
  const destination = { x: number, y: -number };
  const order = (type: string, data: object): StreamFact => ({
    stream: streamName('order', orderId),
    type,
    data: { orderId, ...data },
  });
  const items = lines.map((line) => ({ ...line, unitPrice: undefined }));
  const whole = [
    fact('ShipmentCreated', {
      orderNumber: number,
      customerId,
      destination,
      items,
      createdAt: at(hours, 10),
    }),
    fact('ShipmentPacked', { packedAt: at(hours, 70 + number) }),
    fact('ShipmentTruckArrived', { truckId: number, arrivedAt: at(hours, 100 + number) }),
    fact('ShipmentLoaded', { truckId: number, destination, items, loadedAt: at(hours, 130 + number) }),
    order('OrderShipped', { shippedAt: at(hours, 131 + number) }),
    fact('ShipmentDelivered', { deliveredAt: at(hours, 500 + number * 7) }),
    order('OrderFulfilled', { fulfilledAt: at(hours, 501 + number * 7) }),
  ];
  // Some parcels are still on their way.
  return number % 6 === 5 ? whole.slice(0, 4) : whole;
};

const refunded = ({ orderId, total, number, hours }: Order): readonly StreamFact[] => {
  const [paymentId, refundId] = [id(`payment ${orderId}`), id(`refund ${orderId}`)];
  const amount = { ...total, amountMinor: Math.ceil(total.amountMinor / 3) };
  const order = streamName('order', orderId);
  const payment = streamName('payment', paymentId);
  const of = { orderId, refundId, amount };
  const requested = [
    {
      stream: order,
      type: 'OrderRefundRequested',
      data: { ...of, paymentId, reason: 'broken', requestedAt: at(hours + 30) },
    },
    {
      stream: payment,
      type: 'PaymentRefundRequested',
      data: { ...of, paymentId, requestedAt: at(hours + 30, 1) },
    },
  ];
  if (number % 8 === 0)
    return [
      ...requested,
      {
        stream: payment,
        type: 'PaymentRefundFailed',
        data: { orderId, refundId, paymentId, reason: 'card expired', failedAt: at(hours + 31) },
      },
      {
        stream: order,
        type: 'OrderRefundRefused',
        data: { ...of, reason: 'card expired', refusedAt: at(hours + 31) },
      },
    ];
  return [
    ...requested,
    {
      stream: payment,
      type: 'PaymentRefunded',
      data: { ...of, paymentId, reference: 'b', refundedAt: at(hours + 31) },
    },
    { stream: order, type: 'OrderRefunded', data: { ...of, inFull: false, refundedAt: at(hours + 31, 1) } },
  ];
};

const storyOf = (order: Order): readonly StreamFact[] => {
  const { number, orderId, hours } = order;
  if (number % 5 === 3)
    return [
      placed(order),
      {
        stream: streamName('order', orderId),
        type: 'OrderCancelled',
        data: { orderId, reason: 'requested-by-customer', cancelledAt: at(hours, 30) },
      },
    ];
  if (number % 9 === 4) return [placed(order)];
  const story = [placed(order), ...paid(order), ...shipped(order)];
  return number % 4 === 0 ? [...story, ...refunded(order)] : story;
};

const reviews = customers.flatMap(({ name, customerId }, index) =>
  products.slice(0, 2).map((product): StreamFact => {
    const reviewId = id(`review ${name} ${product.sku}`);
    return {
      stream: streamName('review', reviewId),
      type: 'ReviewWritten',
      data: {
        reviewId,
        authorId: customerId,
        authorName: name,
        subject: { kind: 'product', productId: product.productId },
        rating: 1 + ((index + product.number) % 5),
        text: `- ${product.name}, says ${name}`,
        writtenAt: at(100 + index),
      },
    };
  }),
);

const withdrawn: StreamFact = {
  ...reviews[0]!,
  type: 'ReviewWithdrawn',
  data: { ...reviews[0]!.data, withdrawnAt: at(200) },
};

/**
 * The facts of a small shop: `orders` orders over the days on which the clocks go forward, in two currencies; some imported,
 * cancelled, refunded, or still on their way. Always the same.
 */
export const shopHistory = (orders = 40): readonly StreamFact[] => [
  ...warehouses,
  ...catalogue,
  ...accounts,
  ...stock,
  ...Array.from({ length: orders }, (_, index) => storyOf(orderOf(index + 1))).flat(),
  ...reviews,
  withdrawn,
];

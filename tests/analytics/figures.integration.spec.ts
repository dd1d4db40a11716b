import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryCommand } from '../../cli/commands/query';
import type { AccountId } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import { flatModels } from '../../projections/flat-models';
import { fillShop } from '../support/analytics/shop';
import { startEdge } from '../support/graphql/edge';
import { runCommand } from '../support/process/command-line';
import { readersOf } from '../../gateways/graphql/readers/read-model-readers';

type Row = Readonly<Record<string, unknown>>;

describe('figures for analysts', () => {
  let directory: string;
  let readModels: ReadModels;
  let edge: ReturnType<typeof startEdge>;
  let analyst: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-figures-'));
    const flat = { models: flatModels, timeZone: 'UTC' };
    readModels = await openEmbeddedReadModels({ directory, clock: realClock, flat });
    await fillShop(readModels);
    edge = startEdge({ readers: readersOf(readModels, realClock) });
    analyst = await edge.tokenOf('6be58917-2365-58bd-a976-0167b808b179' as AccountId, 'analyst');
  });
  afterAll(async () => {
    await edge.app.close();
    await readModels.close();
    await rm(directory, { recursive: true });
  });

  const ask = async (query: string): Promise<Row> => {
    const { data, errors } = await edge.ask(`{ ${query} }`, { as: analyst });
    expect(errors).toBeUndefined();
    return data as Row;
  };
  const saved = async (question: string): Promise<readonly Row[]> => {
    const { out, code } = await runCommand(queryCommand, ['--saved', question, '--json'], {
      WAYBILL_DATA_DIR: directory,
      WAYBILL_LOG_LEVEL: 'silent',
    });
    expect(code).toBe(0);
    return JSON.parse(out) as readonly Row[];
  };

  it('top products are those of the saved question', async () => {
    const { topProducts } = (await ask('topProducts { productId pieces sold { currency amountMinor } }')) as {
      topProducts: { productId: string; pieces: number; sold: { currency: string; amountMinor: number } }[];
    };
    expect(
      topProducts.map(({ productId, pieces, sold }) => ({
        product_id: productId,
        currency: sold.currency,
        pieces,
        sold_minor: sold.amountMinor,
      })),
    ).toEqual(await saved('top-products'));
    const { topProducts: few } = await ask('topProducts(first: 1) { sku }');
    expect(few).toHaveLength(1);
  });

  it('delivery times are those of the saved question', async () => {
    const { deliveryTimes } = (await ask(
      'deliveryTimes { warehouseId parcels packingSeconds deliverySeconds }',
    )) as { deliveryTimes: Row[] };
    expect(
      deliveryTimes.map(({ warehouseId, parcels, packingSeconds, deliverySeconds }) => ({
        warehouse_id: Number(warehouseId),
        parcels,
        packing_seconds: packingSeconds,
        delivery_seconds: deliverySeconds,
      })),
    ).toEqual(await saved('delivery-times'));
  });

  it('the stock of the warehouses is that of the saved question', async () => {
    const { stockByWarehouse } = (await ask(
      'stockByWarehouse { warehouseId products onHand reserved backordered onOrder low }',
    )) as { stockByWarehouse: Row[] };
    expect(
      stockByWarehouse.map(({ warehouseId, onHand, onOrder, ...rest }) => ({
        warehouse_id: Number(warehouseId),
        on_hand: onHand,
        on_order: onOrder,
        ...rest,
      })),
    ).toEqual(await saved('stock-by-warehouse'));
  });

  it('sales by day are those of the saved question', async () => {
    const { salesByDay } = (await ask(
      'salesByDay(first: 50) { edges { node { day orders units amounts { total { currency amountMinor } paid { amountMinor } refunded { amountMinor } } } } }',
    )) as {
      salesByDay: {
        edges: {
          node: {
            day: string;
            orders: number;
            units: number;
            amounts: {
              total: { currency: string; amountMinor: number };
              paid: { amountMinor: number };
              refunded: { amountMinor: number };
            }[];
          };
        }[];
      };
    };
    const rows = salesByDay.edges.flatMap(({ node: { day, orders, units, amounts } }) =>
      amounts.map(({ total, paid, refunded }) => ({
        day,
        currency: total.currency,
        order_count: orders,
        pieces: units,
        sold_minor: total.amountMinor,
        paid_minor: paid.amountMinor,
        refunded_minor: refunded.amountMinor,
      })),
    );
    expect(rows).toEqual(await saved('sales-by-day'));
  });

  it('the ratings of the products, and the orders in each status, are those of the saved questions', async () => {
    const { products } = (await ask(
      'products(first: 50) { edges { node { id rating { count average } } } }',
    )) as {
      products: { edges: { node: { id: string; rating: { count: number; average: number | null } } }[] };
    };
    expect(
      products.edges
        .map(({ node: { id, rating } }) => ({
          product_id: id,
          reviews: rating.count,
          average: rating.average && Math.round(rating.average * 1_000) / 1_000,
        }))
        .filter(({ reviews }) => reviews > 0)
        .sort((a, b) => (a.product_id < b.product_id ? -1 : 1)),
    ).toEqual(await saved('ratings'));
    const staff = await edge.tokenOf('6be58917-2365-58bd-a976-0167b808b179' as AccountId, 'staff');
    const counts = new Map<unknown, number>();
    for (const { status, orders } of await saved('orders-by-status'))
      counts.set(status, (counts.get(status) ?? 0) + Number(orders));
    expect(counts.size).toBeGreaterThan(3);
    for (const [status, orders] of counts) {
      const { data } = await edge.ask(`{ orders(status: ${String(status)}) { totalCount } }`, { as: staff });
      expect(data).toEqual({ orders: { totalCount: orders } });
    }
  });

  it('are of the days that are given', async () => {
    const { topProducts } = await ask('topProducts(from: "2026-04-01", to: "2026-04-01") { pieces }');
    const { topProducts: none } = await ask('topProducts(from: "2001-01-01", to: "2001-01-02") { pieces }');
    expect(topProducts).not.toEqual([]);
    expect(none).toEqual([]);
  });

  it.each([
    'topProducts { sku }',
    'deliveryTimes { parcels }',
    'stockByWarehouse { low }',
    'salesByDay { totalCount }',
  ])('%s is for analysts and staff', async (field) => {
    const customer = await edge.tokenOf('6be58917-2365-58bd-a976-0167b808b179' as AccountId, 'customer');
    for (const [as, code] of [
      [undefined, 'NOT_AUTHENTICATED'],
      [customer, 'NOT_PERMITTED'],
    ] as const) {
      const { errors } = await edge.ask(`{ ${field} }`, { as });
      expect(errors?.[0]?.extensions.code).toBe(code);
    }
  });

  it.each(['topProducts(first: 0) { sku }', 'topProducts(from: "yesterday") { sku }'])(
    'refuse %s',
    async (field) => {
      const { errors } = await edge.ask(`{ ${field} }`, { as: analyst });
      expect(errors?.[0]?.extensions.code).toBe('INPUT_INVALID');
    },
  );
});

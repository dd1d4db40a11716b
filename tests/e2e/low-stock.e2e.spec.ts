import { Shopper } from '../support/graphql/shopper';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';
import { eventually } from '../support/time/eventually';

type Stock = {
  readonly onHand: number;
  readonly lowStockThreshold: number | null;
  readonly isLow: boolean;
  readonly warehouse: { readonly id: string };
};

const stockFields = 'onHand lowStockThreshold isLow warehouse { id }';

describe('low stock', () => {
  let home: WaybillHome;
  let running: RunningWaybill;
  let staff: Shopper;
  beforeAll(async () => {
    home = await WaybillHome.make();
    running = await home.start();
    staff = await Shopper.logIn(running.url, 'admin@waybill.local', running.administrator?.password ?? '');
  });
  afterAll(async () => {
    await running.close();
    await home.remove();
  });

  const stockOf = async (productId: string): Promise<Stock> => {
    type Product = { readonly stock: readonly Stock[] };
    const query = `query ($id: ID!) { product(id: $id) { stock { ${stockFields} } } }`;
    const { stock } = await staff.ask<Product>(query, { id: productId });
    return stock[0]!;
  };

  const setThreshold = (input: object): Promise<object> =>
    staff.ask(
      `mutation ($input: SetLowStockThresholdInput!) {
        setLowStockThreshold(input: $input) {
          ... on SetLowStockThresholdSuccess { stock { ${stockFields} } }
          ... on LowStockThresholdOutOfRangeError { code threshold min max }
        }
      }`,
      { input },
    );

  const lowIn = async (warehouseId: string): Promise<readonly string[]> => {
    type Low = {
      readonly edges: readonly { readonly node: { readonly product: { readonly id: string } } }[];
    };
    const query = 'query ($id: ID) { lowStock(warehouseId: $id) { edges { node { product { id } } } } }';
    return (await staff.ask<Low>(query, { id: warehouseId })).edges.map(({ node }) => node.product.id);
  };

  it('is listed from the order that takes a piece too many', async () => {
    const [productId] = await staff.productsOnHand(1);
    const { onHand, warehouse } = await stockOf(productId!);
    const input = { warehouseId: warehouse.id, productId, threshold: onHand };
    expect(await setThreshold(input)).toEqual({
      stock: { onHand, lowStockThreshold: onHand, isLow: false, warehouse },
    });
    expect(await lowIn(warehouse.id)).toEqual([]);

    const { x, y } = await staff.ask<{ x: number; y: number }>(
      `{ node(id: "${warehouse.id}") { ... on Warehouse { x y } } }`,
    );
    await staff.addToCart(productId!, 1);
    await staff.place({ x, y });
    await eventually(async () => (await lowIn(warehouse.id)).includes(productId!), 20_000);
    expect(await stockOf(productId!)).toMatchObject({ onHand: onHand - 1, isLow: true });
  });

  it('has no threshold below 0', async () => {
    const [productId] = await staff.productsOnHand(1);
    const { warehouse } = await stockOf(productId!);
    await expect(setThreshold({ warehouseId: warehouse.id, productId, threshold: -1 })).rejects.toThrow(
      '"code":"LOW_STOCK_THRESHOLD_OUT_OF_RANGE","threshold":-1,"min":0,"max":1000000000',
    );
  });
});

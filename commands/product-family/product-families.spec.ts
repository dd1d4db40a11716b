import type { ProductFamilyId, ProductId } from '../../domain/kernel';
import { product } from '../../domain/product';
import { productFamily } from '../../domain/product-family';
import type { Principal } from '../../platform/execution';
import { mortal } from '../../tests/support/commands/mortal';
import {
  ann,
  bob,
  createOrderBench,
  customer,
  gbp,
  idOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

const options = [
  { name: 'Size', values: ['S', 'M'] },
  { name: 'Colour', values: ['Red', 'Blue'] },
];
const texts = { name: 'Shirt', description: '', category: 'clothes' };

const register = async (bench: OrderBench, sku: string): Promise<ProductId> =>
  (await bench.demand('registerProduct', { sku, ...texts, price: gbp(1_900) })).productId;
const create = async (bench: OrderBench): Promise<ProductFamilyId> =>
  (await bench.demand('createProductFamily', { name: 'Shirt', options })).familyId;

const open = async (bench = createOrderBench({ checkpointEveryMs: 5 })) => {
  const [one, two] = [await register(bench, 'SHIRT-1'), await register(bench, 'SHIRT-2')];
  return { bench, familyId: await create(bench), one, two };
};

const variantsOf = async (bench: OrderBench, familyId: ProductFamilyId) => {
  const state = await bench.clock.drive(bench.life().aggregates.of(productFamily).load(familyId));
  return state.status === 'NONE' ? [] : state.variants;
};
const familyOf = async (bench: OrderBench, productId: ProductId) => {
  const state = await bench.clock.drive(bench.life().aggregates.of(product).load(productId));
  return state.status === 'NONE' ? undefined : state.familyId;
};

describe('a product of a family', () => {
  it('is in carts and orders under its name with its values', async () => {
    const { bench, familyId, one } = await open();
    await bench.demand('addProductVariant', { familyId, productId: one, values: ['S', 'Red'] });
    await bench.demand('addToCart', { customerId: ann, productId: one, quantity: 1 }, { as: customer(ann) });
    await bench.demand('placeOrder', { customerId: ann, destination: { x: 1, y: 1 } }, { as: customer(ann) });
    const placed = (await bench.events()).find(({ type }) => type === 'OrderPlaced');
    expect(placed?.data).toMatchObject({ lines: [{ name: 'Shirt (S, Red)', sku: 'SHIRT-1' }] });
  });

  it('gets other values, leaves the family, and joins it again', async () => {
    const { bench, familyId, one } = await open();
    bench.start();
    await bench.demand('addProductVariant', { familyId, productId: one, values: ['S', 'Red'] });
    await bench.demand('changeProductVariant', { familyId, productId: one, values: ['M', 'Red'] });
    await bench.settle();
    expect(await variantsOf(bench, familyId)).toEqual([{ productId: one, values: ['M', 'Red'] }]);
    await bench.demand('removeProductVariant', { familyId, productId: one });
    await bench.settle();
    expect(await variantsOf(bench, familyId)).toEqual([]);
    await bench.demand('addProductVariant', { familyId, productId: one, values: ['S', 'Blue'] });
    await bench.settle();
    expect(await variantsOf(bench, familyId)).toEqual([{ productId: one, values: ['S', 'Blue'] }]);
    expect(await familyOf(bench, one)).toBe(familyId);
    expect(bench.parking.all()).toEqual([]);
    await bench.stop();
  });

  it('leaves a family that is retired', async () => {
    const { bench, familyId, one } = await open();
    await bench.demand('addProductVariant', { familyId, productId: one, values: ['S', 'Red'] });
    await bench.demand('retireProductFamily', { familyId });
    expect(await familyOf(bench, one)).toBeUndefined();
    const again = await create(bench);
    await bench.demand('addProductVariant', { familyId: again, productId: one, values: ['S', 'Red'] });
    expect(await familyOf(bench, one)).toBe(again);
  });

  it('is not claimed by what the family rejects', async () => {
    const { bench, familyId, one } = await open();
    const input = { familyId, productId: one, values: ['L', 'Red'] };
    expect(await bench.refusal('addProductVariant', input)).toMatchObject({ code: 'OPTION_VALUE_UNKNOWN' });
    expect(await bench.count('ProductJoinedFamily')).toBe(0);
  });
});

describe('at the same moment', () => {
  const both = async (bench: OrderBench, inputs: readonly (readonly [ProductFamilyId, ProductId])[]) =>
    bench.clock.drive(
      Promise.all(
        inputs.map(([familyId, productId], index) =>
          bench.life().useCases.addProductVariant(
            { familyId, productId, values: ['S', 'Red'] },
            {
              ...{ commandId: idOf(`at once ${index}`), correlationId: 'c' },
              principal: { kind: 'system', id: 'test', roles: [] },
            },
          ),
        ),
      ),
    );
  const rejectionsOf = (outcomes: Awaited<ReturnType<typeof both>>) =>
    outcomes.flatMap((outcome) => (outcome.kind === 'rejected' ? [outcome.rejection.code] : []));

  it('two products get one combination: one of them does, and the other is free', async () => {
    const { bench, familyId, one, two } = await open();
    bench.start();
    const outcomes = await both(bench, [
      [familyId, one],
      [familyId, two],
    ]);
    expect(rejectionsOf(outcomes)).toEqual(['VARIANT_COMBINATION_TAKEN']);
    await bench.settle();
    const [winner, ...others] = await variantsOf(bench, familyId);
    expect(others).toEqual([]);
    const loser = winner?.productId === one ? two : one;
    expect(await familyOf(bench, winner!.productId)).toBe(familyId);
    expect(await familyOf(bench, loser)).toBeUndefined();
    expect(bench.parking.all()).toEqual([]);
    await bench.stop();
  });

  it('two families get one product: one of them does', async () => {
    const { bench, familyId, one } = await open();
    const another = await create(bench);
    bench.start();
    const outcomes = await both(bench, [
      [familyId, one],
      [another, one],
    ]);
    expect(rejectionsOf(outcomes)).toEqual(['PRODUCT_IN_ANOTHER_FAMILY']);
    await bench.settle();
    const holders = await Promise.all(
      [familyId, another].map(async (id) => (await variantsOf(bench, id)).length),
    );
    expect(holders.sort()).toEqual([0, 1]);
    await bench.stop();
  });
});

describe('a crash', () => {
  type Step = (
    bench: OrderBench,
    of: { familyId: ProductFamilyId; one: ProductId; two: ProductId },
  ) => Promise<unknown>;
  const context = (id: string) => ({
    ...{ commandId: idOf(id), correlationId: 'c' },
    principal: { kind: 'system', id: 'test', roles: [] } as Principal,
  });
  const adding: Step = (bench, { familyId, one }) =>
    bench
      .life()
      .useCases.addProductVariant({ familyId, productId: one, values: ['S', 'Red'] }, context('add'));
  const removing: Step = (bench, { familyId, one }) =>
    bench.life().useCases.removeProductVariant({ familyId, productId: one }, context('remove'));
  const retiring: Step = (bench, { familyId }) =>
    bench.life().useCases.retireProductFamily({ familyId }, context('retire'));

  /** Stops the process at the given write of the last step, and lets only the reactors go on. */
  const agreesAfter = async (
    steps: readonly Step[],
    write: number,
    lastIsWritten: boolean,
  ): Promise<boolean> => {
    const { bench, ...shop } = await open();
    for (const step of steps.slice(0, -1)) await bench.clock.drive(step(bench, shop));
    const doomed = mortal(bench.durable, { writes: write, lastIsWritten }, bench.clock);
    bench.restart(doomed);
    void steps.at(-1)!(bench, shop).catch(() => undefined);
    for (let turn = 0; turn < 50 && !doomed.isDead(); turn += 1) await bench.clock.advance(20);
    if (!doomed.isDead()) return false;
    bench.restart().runtime.start();
    await bench.settle();
    const held = (await familyOf(bench, shop.one)) === shop.familyId;
    const variants = await variantsOf(bench, shop.familyId);
    expect({ write, variants: variants.map(({ productId }) => productId) }).toEqual({
      write,
      variants: held ? [shop.one] : [],
    });
    expect(bench.parking.all()).toEqual([]);
    await bench.stop();
    return true;
  };

  it.each([
    ['an addition', [adding]],
    ['a removal', [adding, removing]],
    ['the end of a family', [adding, retiring]],
  ] as const)('in the middle of %s leaves family and product in agreement', async (_, steps) => {
    let crashes = 0;
    for (const lastIsWritten of [false, true])
      for (let write = 1; write < 10 && (await agreesAfter(steps, write, lastIsWritten)); write += 1)
        crashes += 1;
    expect(crashes).toBeGreaterThanOrEqual(4);
  });
});

describe('who may do what', () => {
  const seller = (id: string): { as: Principal } => ({
    as: { kind: 'customer', id, roles: ['customer', 'seller'] },
  });

  it('lets sellers make families of their own products only', async () => {
    const { bench, familyId: ofShop, one } = await open();
    const { familyId } = await bench.demand(
      'createProductFamily',
      { name: 'Hats', options, sellerId: ann },
      seller(ann),
    );
    const facts = { sku: 'HAT', ...texts, price: gbp(100), sellerId: ann };
    const { productId } = await bench.demand('registerProduct', facts, seller(ann));
    const input = { familyId, productId, values: ['S', 'Red'] };
    await bench.demand('addProductVariant', input, seller(ann));
    for (const send of [
      bench.send('removeProductVariant', input, seller(bob)),
      bench.send('retireProductFamily', { familyId }, seller(bob)),
      bench.send('addProductVariant', { ...input, familyId: ofShop }, seller(ann)),
      bench.send('createProductFamily', { name: 'Hats', options, sellerId: ann }, seller(bob)),
    ])
      await expect(send).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await bench.refusal('addProductVariant', { ...input, productId: one }, seller(ann))).toEqual({
      code: 'PRODUCT_OF_ANOTHER_SELLER',
      productId: one,
    });
  });
});

import { categories, categoriesId, pathOf } from '../../domain/categories';
import { ann, createOrderBench, customer, idOf } from '../../tests/support/commands/order-fixture';

const words = (slug: string) => ({ names: { en: `The ${slug}`, zh: `${slug}类` }, slug });

it('is changed by staff only', async () => {
  const bench = createOrderBench();
  const seller = { kind: 'customer', id: ann, roles: ['customer', 'seller'] } as const;
  for (const as of [customer(ann), seller])
    await expect(bench.demand('addCategory', words('home'), { as })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  const staff = { kind: 'staff', id: ann, roles: ['staff'] } as const;
  const { categoryId } = await bench.demand('addCategory', words('home'), { as: staff });
  await bench.demand('renameCategory', { categoryId, ...words('house') }, { as: staff });
  await bench.demand('retireCategory', { categoryId }, { as: staff });
  expect(await bench.count('CategoryRetired')).toBe(1);
});

it('is added once for a repeated command', async () => {
  const bench = createOrderBench();
  for (let time = 0; time < 2; time += 1) await bench.demand('addCategory', words('home'), { id: 'one' });
  expect(await bench.count('CategoryAdded')).toBe(1);
});

it('has no cycle where two are moved below each other at once', async () => {
  const bench = createOrderBench();
  const [one, other] = [
    await bench.demand('addCategory', words('one')),
    await bench.demand('addCategory', words('other')),
  ];
  const move = (from: typeof one, below: typeof one) => {
    const { useCases } = bench.live();
    const principal = { kind: 'system', id: 'test', roles: [] } as const;
    const context = { commandId: idOf(from.categoryId), keyed: false, correlationId: 'c', principal };
    return useCases.moveCategory({ categoryId: from.categoryId, parentId: below.categoryId }, context);
  };
  const outcomes = await bench.clock.drive(Promise.all([move(one, other), move(other, one)]));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'rejected']);
  const { categories: all } = await bench.clock.drive(
    bench.life().aggregates.of(categories).load(categoriesId),
  );
  expect(all.map(({ categoryId }) => pathOf(all, categoryId).length).sort()).toEqual([1, 2]);
});

import fc from 'fast-check';
import { runs } from '../tests/support/runs';
import type { Place, ProductId, WarehouseId } from './kernel';
import { allocate } from './allocation';
import type { AllocatedPart, AllocationRequest, AllocationWarehouse } from './allocation';

const mug = 'mug' as ProductId;
const lamp = 'lamp' as ProductId;

type Quantities = Readonly<Partial<Record<string, number>>>;
type Facts = {
  readonly active?: boolean;
  readonly setAside?: Quantities;
  readonly awaited?: Quantities;
};

const lookUp =
  (quantities: Quantities = {}) =>
  (productId: ProductId): number =>
    quantities[productId] ?? 0;

const warehouse = (
  id: number,
  place: Place,
  available: Quantities,
  facts: Facts = {},
): AllocationWarehouse => ({
  warehouseId: id as WarehouseId,
  place,
  active: facts.active ?? true,
  available: lookUp(available),
  alreadySetAside: lookUp(facts.setAside),
  alreadyAwaited: lookUp(facts.awaited),
});

const at = (x: number): Place => ({ x, y: 0 });

const order = (
  mugs: number,
  lamps: number,
  warehouses: readonly AllocationWarehouse[],
): AllocationRequest => ({
  lines: [
    ...(mugs > 0 ? [{ productId: mug, quantity: mugs }] : []),
    ...(lamps > 0 ? [{ productId: lamp, quantity: lamps }] : []),
  ],
  destination: at(0),
  warehouses,
});

/** `{ 1: '3 mug, 2 lamp awaited' }` */
const told = (parts: readonly AllocatedPart[] | null): Record<number, string> | null =>
  parts &&
  Object.fromEntries(
    parts.map(({ warehouseId, lines }) => [
      warehouseId,
      lines
        .map(
          ({ productId, quantity, awaitingStock }) =>
            `${quantity} ${productId}${awaitingStock ? ' awaited' : ''}`,
        )
        .join(', '),
    ]),
  );

describe('allocate', () => {
  it('takes the nearest warehouse that holds everything', () => {
    const warehouses = [
      warehouse(1, at(9), { mug: 5, lamp: 5 }),
      warehouse(2, at(-3), { mug: 5, lamp: 5 }),
      warehouse(3, at(1), { mug: 5 }),
    ];
    expect(told(allocate(order(5, 1, warehouses)))).toEqual({ 2: '5 mug, 1 lamp' });
  });

  it('takes the lowest id among equally near ones', () => {
    const warehouses = [7, 3, 5].map((id) => warehouse(id, at(id === 5 ? -4 : 4), { mug: 1 }));
    expect(told(allocate(order(1, 0, warehouses)))).toEqual({ 3: '1 mug' });
  });

  it('tells places apart at the ends of the grid', () => {
    const far = { x: 2 ** 31 - 1, y: 2 ** 31 - 1 };
    const warehouses = [warehouse(1, { ...far, x: far.x - 1 }, { mug: 1 }), warehouse(2, far, { mug: 1 })];
    const destination = { x: -(2 ** 31), y: -(2 ** 31) };
    expect(told(allocate({ ...order(1, 0, warehouses), destination }))).toEqual({ 1: '1 mug' });
  });

  it('takes the preferred warehouse where it holds everything', () => {
    const warehouses = [warehouse(1, at(1), { mug: 1 }), warehouse(2, at(9), { mug: 1 })];
    const request = { ...order(1, 0, warehouses), preferredWarehouseId: 2 as WarehouseId };
    expect(told(allocate(request))).toEqual({ 2: '1 mug' });
  });

  it('splits where none holds everything, the nearest first', () => {
    const warehouses = [
      warehouse(1, at(1), { mug: 2 }),
      warehouse(2, at(2), { mug: 2, lamp: 1 }),
      warehouse(3, at(3), { lamp: 4 }),
    ];
    expect(told(allocate(order(4, 5, warehouses)))).toEqual({ 1: '2 mug', 2: '2 mug, 1 lamp', 3: '4 lamp' });
  });

  it('ends a split with the first warehouse that holds the rest', () => {
    const warehouses = [
      warehouse(1, at(1), { mug: 5 }),
      warehouse(2, at(2), { lamp: 1 }),
      warehouse(3, at(3), { lamp: 4 }),
    ];
    expect(told(allocate(order(5, 4, warehouses)))).toEqual({ 1: '5 mug', 3: '4 lamp' });
  });

  it('lets goods that no warehouse has wait, whole, at the nearest warehouse', () => {
    const warehouses = [warehouse(1, at(1), { mug: 1 }), warehouse(2, at(2), { mug: 1, lamp: 2 })];
    expect(told(allocate(order(3, 2, warehouses)))).toEqual({ 1: '3 mug awaited', 2: '2 lamp' });
  });

  it('lets it wait at the preferred warehouse, unless that is inactive', () => {
    const preferredWarehouseId = 2 as WarehouseId;
    const near = warehouse(1, at(1), {});
    const active = order(3, 0, [near, warehouse(2, at(2), {})]);
    expect(told(allocate({ ...active, preferredWarehouseId }))).toEqual({ 2: '3 mug awaited' });
    const inactive = order(3, 0, [near, warehouse(2, at(2), { mug: 9 }, { active: false })]);
    expect(told(allocate({ ...inactive, preferredWarehouseId }))).toEqual({ 1: '3 mug awaited' });
  });

  it('knows no answer where no warehouse is active', () => {
    expect(allocate(order(1, 0, []))).toBeNull();
    expect(allocate(order(1, 0, [warehouse(1, at(1), { mug: 9 }, { active: false })]))).toBeNull();
  });

  it('counts several lines of one product together', () => {
    const lines = [
      { productId: mug, quantity: 2 },
      { productId: mug, quantity: 3 },
    ];
    const request = { ...order(0, 0, [warehouse(1, at(1), { mug: 5 })]), lines };
    expect(told(allocate(request))).toEqual({ 1: '5 mug' });
  });

  it('keeps what an earlier try set aside or queues for, even where it is inactive now', () => {
    const warehouses = [
      warehouse(1, at(1), { mug: 9, lamp: 9 }),
      warehouse(2, at(8), { lamp: 2 }, { active: false, setAside: { mug: 3 } }),
      warehouse(3, at(9), {}, { awaited: { lamp: 4 } }),
    ];
    expect(told(allocate(order(5, 4, warehouses)))).toEqual({
      1: '2 mug',
      2: '3 mug',
      3: '4 lamp awaited',
    });
  });

  it('sends the rest along with a parcel that leaves anyway', () => {
    const warehouses = [
      warehouse(1, at(1), { lamp: 9 }),
      warehouse(2, at(8), { lamp: 9 }, { setAside: { mug: 3 } }),
    ];
    expect(told(allocate(order(3, 2, warehouses)))).toEqual({ 2: '3 mug, 2 lamp' });
  });

  it('waits for the rest in another queue than the one that has served the order', () => {
    const warehouses = [warehouse(1, at(1), {}, { setAside: { mug: 3 } }), warehouse(2, at(8), {})];
    expect(told(allocate(order(5, 0, warehouses)))).toEqual({ 1: '3 mug', 2: '2 mug awaited' });
  });
});

describe('with any stock of the warehouses', () => {
  const products = ['a', 'b', 'c'] as ProductId[];
  const quantities = fc.record(Object.fromEntries(products.map((id) => [id, fc.nat(6)])));
  const none = fc.constant<Quantities>({});
  const request = fc
    .record({
      lines: fc.array(
        fc.record({ productId: fc.constantFrom(...products), quantity: fc.integer({ min: 1, max: 8 }) }),
        { minLength: 1, maxLength: 5 },
      ),
      destination: fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.integer({ min: -9, max: 9 }) }),
      preferred: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      warehouses: fc.array(
        fc.record({
          place: fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.integer({ min: -9, max: 9 }) }),
          active: fc.boolean(),
          available: quantities,
          setAside: fc.oneof({ weight: 3, arbitrary: none }, { weight: 1, arbitrary: quantities }),
        }),
        { maxLength: 5 },
      ),
    })
    .map(({ lines, destination, preferred, warehouses }) => ({
      lines,
      destination,
      ...(preferred === undefined ? {} : { preferredWarehouseId: preferred as WarehouseId }),
      warehouses: warehouses.map(({ place, available, ...facts }, index) =>
        warehouse(index + 1, place, available, facts),
      ),
    }));

  const planned = (parts: readonly AllocatedPart[], productId: ProductId): number =>
    parts
      .flatMap(({ lines }) => lines)
      .reduce((sum, line) => (line.productId === productId ? sum + line.quantity : sum), 0);

  it('the parts are exactly the order, once a warehouse and a product', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const parts = allocate(asked);
        if (parts === null) return asked.warehouses.every(({ active }) => !active);
        for (const productId of products) {
          const wanted = asked.lines.reduce(
            (sum, line) => (line.productId === productId ? sum + line.quantity : sum),
            0,
          );
          expect(planned(parts, productId)).toBe(wanted);
        }
        expect(new Set(parts.map(({ warehouseId }) => warehouseId)).size).toBe(parts.length);
        for (const { lines } of parts) {
          expect(lines.length).toBeGreaterThan(0);
          expect(new Set(lines.map(({ productId }) => productId)).size).toBe(lines.length);
          expect(lines.every(({ quantity }) => quantity > 0)).toBe(true);
        }
        return true;
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('no warehouse sends more than it has, unless it waits; inactive ones send only their reservations', () => {
    fc.assert(
      fc.property(request, (asked) => {
        for (const { warehouseId, lines } of allocate(asked) ?? []) {
          const { active, available, alreadySetAside } = asked.warehouses.find(
            (candidate) => candidate.warehouseId === warehouseId,
          )!;
          for (const { productId, quantity, awaitingStock } of lines) {
            const held =
              alreadySetAside(productId) > 0 || !active ? alreadySetAside(productId) : available(productId);
            expect(awaitingStock || quantity <= held).toBe(true);
            expect(awaitingStock && !active).toBe(false);
          }
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('waits for nothing that the active warehouses hold together', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const isAllFresh = asked.warehouses.every((one) =>
          products.every((id) => one.alreadySetAside(id) === 0),
        );
        fc.pre(isAllFresh);
        const parts = allocate(asked) ?? [];
        for (const productId of products) {
          const held = asked.warehouses.reduce(
            (sum, one) => sum + (one.active ? one.available(productId) : 0),
            0,
          );
          const waits = parts.some(({ lines }) =>
            lines.some((line) => line.productId === productId && line.awaitingStock),
          );
          expect(waits && held >= planned(parts, productId)).toBe(false);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('the answer does not depend on the order in which the warehouses are named', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const reversed = { ...asked, warehouses: asked.warehouses.toReversed() };
        expect(allocate(reversed)).toEqual(allocate(asked));
        expect(allocate(asked)).toEqual(allocate(asked));
      }),
    );
  });
});

import { distanceSquared, type Place, type ProductId, type WarehouseId } from './kernel';

export type AllocationLine = { readonly productId: ProductId; readonly quantity: number };

export type AllocationWarehouse = {
  readonly warehouseId: WarehouseId;
  readonly place: Place;
  /** An inactive warehouse keeps the goods that it has reserved for the order and reserves no more. */
  readonly active: boolean;
  /** The quantity that a new order could reserve now. */
  readonly available: (productId: ProductId) => number;
  /** The quantity that an earlier, interrupted attempt has reserved for this order; 0 otherwise. */
  readonly alreadySetAside: (productId: ProductId) => number;
  /** The quantity that this order has been waiting for since an earlier, interrupted attempt; 0 otherwise. */
  readonly alreadyAwaited?: ((productId: ProductId) => number) | undefined;
};

export type AllocationRequest = {
  /** Lines of the same product are added up. */
  readonly lines: readonly AllocationLine[];
  readonly destination: Place;
  readonly preferredWarehouseId?: WarehouseId | undefined;
  readonly warehouses: readonly AllocationWarehouse[];
};

export type AllocatedPart = {
  readonly warehouseId: WarehouseId;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly quantity: number;
    /** True where the warehouse does not have the whole quantity; the order then waits for all of it. */
    readonly awaitingStock: boolean;
  }[];
};

type Taken = { readonly quantity: number; readonly awaitingStock: boolean };

/** `demand`: the quantities without a warehouse so far. Both maps change as the plan grows. */
type Draft = {
  readonly plan: Map<WarehouseId, Map<ProductId, Taken>>;
  readonly demand: Map<ProductId, number>;
};

const demandOf = (lines: readonly AllocationLine[]): Map<ProductId, number> => {
  const demand = new Map<ProductId, number>();
  for (const { productId, quantity } of lines) demand.set(productId, (demand.get(productId) ?? 0) + quantity);
  return demand;
};

/** Sorts the warehouses: the preferred one, then by distance, then by id. */
const ranked = ({
  warehouses,
  destination,
  preferredWarehouseId,
}: AllocationRequest): AllocationWarehouse[] =>
  warehouses
    .map((warehouse) => ({ warehouse, distance: distanceSquared(warehouse.place, destination) }))
    .sort((a, b) => {
      const preference =
        Number(b.warehouse.warehouseId === preferredWarehouseId) -
        Number(a.warehouse.warehouseId === preferredWarehouseId);
      if (preference !== 0) return preference;
      if (a.distance !== b.distance) return a.distance < b.distance ? -1 : 1;
      return a.warehouse.warehouseId - b.warehouse.warehouseId;
    })
    .map(({ warehouse }) => warehouse);

const take = (
  { plan, demand }: Draft,
  { warehouseId }: AllocationWarehouse,
  productId: ProductId,
  taken: Taken,
): void => {
  const part = plan.get(warehouseId) ?? new Map<ProductId, Taken>();
  const quantity = (part.get(productId)?.quantity ?? 0) + taken.quantity;
  plan.set(warehouseId, part.set(productId, { ...taken, quantity }));
  const left = (demand.get(productId) ?? 0) - taken.quantity;
  if (left > 0) demand.set(productId, left);
  else demand.delete(productId);
};

const serves = ({ plan }: Draft, { warehouseId }: AllocationWarehouse, productId: ProductId): boolean =>
  plan.get(warehouseId)?.has(productId) === true;

const freeAt = (draft: Draft, warehouse: AllocationWarehouse, productId: ProductId): number =>
  serves(draft, warehouse, productId) ? 0 : Math.max(0, warehouse.available(productId));

const keepSetAside = (draft: Draft, warehouses: readonly AllocationWarehouse[]): void => {
  for (const warehouse of warehouses) {
    for (const [productId, wanted] of [...draft.demand]) {
      const setAside = warehouse.alreadySetAside(productId);
      const awaited = warehouse.alreadyAwaited?.(productId) ?? 0;
      const quantity = Math.min(wanted, setAside + awaited);
      if (quantity > 0) take(draft, warehouse, productId, { quantity, awaitingStock: awaited > 0 });
    }
  }
};

/** Lets each product that all warehouses together cannot supply wait at `home`. */
const queueShort = (
  draft: Draft,
  [home, ...others]: readonly [AllocationWarehouse, ...AllocationWarehouse[]],
): void => {
  for (const [productId, quantity] of [...draft.demand]) {
    const warehouses = [home, ...others];
    const available = warehouses.reduce((sum, warehouse) => sum + freeAt(draft, warehouse, productId), 0);
    if (available >= quantity) continue;
    const place = warehouses.find((warehouse) => !serves(draft, warehouse, productId)) ?? home;
    take(draft, place, productId, { quantity, awaitingStock: true });
  }
};

const holdsAll = (draft: Draft, warehouse: AllocationWarehouse): boolean =>
  [...draft.demand].every(([productId, quantity]) => freeAt(draft, warehouse, productId) >= quantity);

const takeWhatItHolds = (draft: Draft, warehouse: AllocationWarehouse): void => {
  for (const [productId, wanted] of [...draft.demand]) {
    const quantity = Math.min(wanted, freeAt(draft, warehouse, productId));
    if (quantity > 0) take(draft, warehouse, productId, { quantity, awaitingStock: false });
  }
};

/** Stops at the first warehouse that has all remaining goods, to keep the number of parcels low. */
const spread = (draft: Draft, warehouses: readonly AllocationWarehouse[]): void => {
  // A warehouse that sends a parcel anyway adds no parcel.
  const isUsed = ({ warehouseId }: AllocationWarehouse): boolean => draft.plan.has(warehouseId);
  const ranking = [...warehouses.filter(isUsed), ...warehouses.filter((warehouse) => !isUsed(warehouse))];
  for (const next of ranking) {
    if (draft.demand.size === 0) return;
    takeWhatItHolds(draft, ranking.find((warehouse) => holdsAll(draft, warehouse)) ?? next);
  }
};

const partsOf = (
  { plan }: Draft,
  { lines }: AllocationRequest,
  warehouses: readonly AllocationWarehouse[],
) => {
  const products = [...new Set(lines.map(({ productId }) => productId))];
  return warehouses.flatMap(({ warehouseId }): readonly AllocatedPart[] => {
    const part = plan.get(warehouseId);
    if (part === undefined) return [];
    return [
      {
        warehouseId,
        lines: products.flatMap((productId) => {
          const taken = part.get(productId);
          return taken === undefined ? [] : [{ productId, ...taken }];
        }),
      },
    ];
  });
};

/**
 * Decides how much of an order each warehouse sends.
 *
 * Goods that an earlier, interrupted attempt has reserved stay where they are. A product that all active warehouses
 * together cannot supply waits, in its whole remaining quantity, at the preferred or else the nearest warehouse: one
 * late parcel instead of several. The remaining goods come from the first warehouse that has all of them, in this
 * order: a warehouse that sends a parcel anyway, the preferred one, the nearest one, the one with the lowest id. If
 * none has all of them, each warehouse in this order gives what it has, until one has all that is left.
 *
 * A warehouse serves one product of an order with one reservation. A line that is longer than its existing reservation
 * (only possible where no other active warehouse is left) therefore means: release the reservation, then reserve the
 * whole line.
 *
 * @returns the parts, preferred and nearest warehouse first. Together they are exactly the requested lines. `null` if
 * goods are left without a warehouse and no warehouse is active.
 */
export const allocate = (request: AllocationRequest): readonly AllocatedPart[] | null => {
  const warehouses = ranked(request);
  const draft: Draft = { plan: new Map(), demand: demandOf(request.lines) };
  keepSetAside(draft, warehouses);
  const [home, ...others] = warehouses.filter((warehouse) => warehouse.active);
  if (draft.demand.size > 0) {
    if (home === undefined) return null;
    queueShort(draft, [home, ...others]);
    spread(draft, [home, ...others]);
  }
  return partsOf(draft, request, warehouses);
};

import { allocate, type AllocatedPart } from '../../domain/allocation';
import type { OrderId } from '../../domain/kernel';
import {
  dueOf,
  isCalledOff,
  order,
  type KnownOrder,
  type OrderPart,
  type OrderPlaced,
} from '../../domain/order';
import { stock } from '../../domain/stock';
import type { Random } from '../../platform/clock';
import { replenishmentId as replenishmentIdOf, shipmentId as shipmentIdOf, uuidV7 } from '../../platform/ids';
import type { CommandContext } from '../../platform/execution';
import type { UseCaseDeps } from '../use-case/use-case';
import { stockIdOf } from '../warehouse';
import { loadHoldings, type Holding, type Holdings } from './holdings';
import type { Site, Warehouses } from './sites';
import {
  contextFrom,
  requireKnownOutcome,
  RetryLater,
  reactor,
  type EventOf,
  type Reactor,
} from '../../platform/reactions';

export type AllocationDeps = UseCaseDeps & { readonly random: Random; readonly warehouses: Warehouses };

type Placed = EventOf<OrderPlaced>;
type Line = AllocatedPart['lines'][number];
type Place = Pick<Holding, 'warehouseId' | 'productId'>;

/**
 * The number of plans, each after other orders have taken the goods; the last plan waits in the queue instead of
 * failing.
 */
const PLANS_MAX = 5;

const productsOf = ({ lines }: KnownOrder) => [...new Set(lines.map(({ productId }) => productId))];

/**
 * Returns a context with a new id, because the same reaction may release and reserve again. The stock keeps one
 * reservation for each order, so each happens once.
 */
const contextOf = ({ clock, random }: AllocationDeps, event: Placed): CommandContext => ({
  ...contextFrom(event, 'allocate'),
  commandId: uuidV7(clock, random),
});

const release = async (
  deps: AllocationDeps,
  event: Placed,
  { warehouseId, productId }: Place,
): Promise<void> => {
  const { orderId } = event.data;
  const command = { type: 'ReleaseStock', warehouseId, productId, orderId, at: deps.clock.now() } as const;
  const stocks = deps.aggregates.of(stock);
  requireKnownOutcome(
    await stocks.execute(stockIdOf(warehouseId, productId), command, contextOf(deps, event)),
  );
};

/** @returns the resulting line; undefined if other orders have taken the goods meanwhile. */
const reserve = async (
  deps: AllocationDeps,
  event: Placed,
  { warehouseId, productId, quantity, awaitingStock }: Place & Line,
  mayQueue: boolean,
): Promise<Line | undefined> => {
  const { orderId } = event.data;
  const stockId = stockIdOf(warehouseId, productId);
  const backorder =
    awaitingStock || mayQueue
      ? { backorder: { replenishmentId: replenishmentIdOf(`${event.id} ${stockId}`) } }
      : {};
  const executed = requireKnownOutcome(
    await deps.aggregates.of(stock).execute(
      stockId,
      {
        type: 'ReserveStock',
        warehouseId,
        productId,
        orderId,
        quantity,
        ...backorder,
        at: deps.clock.now(),
      },
      contextOf(deps, event),
    ),
  );
  if (executed.kind === 'rejected') {
    if (executed.rejection.code === 'INSUFFICIENT_STOCK') return undefined;
    throw new Error(`Stock refused an allocation: ${JSON.stringify(executed.rejection)}`);
  }
  const isQueued = executed.events.some(({ type }) => type === 'StockBackordered');
  return { productId, quantity, awaitingStock: isQueued };
};

/** Returns the pieces of each product that are to be sent. */
const linesOf = (known: KnownOrder) =>
  productsOf(known)
    .map((productId) => ({ productId, quantity: dueOf(known, productId) }))
    .filter(({ quantity }) => quantity > 0);

const planOf = (
  { data }: Placed,
  placed: KnownOrder,
  sites: readonly Site[],
  holdings: Holdings,
): readonly AllocatedPart[] | null =>
  allocate({
    lines: linesOf(placed),
    destination: data.destination,
    preferredWarehouseId: data.warehouseId,
    warehouses: sites.map((site) => ({
      ...site,
      available: (productId) => holdings.of(site.warehouseId, productId).available,
      alreadySetAside: (productId) => holdings.of(site.warehouseId, productId).setAside,
      alreadyAwaited: (productId) => holdings.of(site.warehouseId, productId).awaited,
    })),
  });

/** Releases reservations of earlier attempts that the plan does not use, or not in that quantity. */
const releaseStray = async (
  deps: AllocationDeps,
  event: Placed,
  plan: readonly AllocatedPart[],
  holdings: Holdings,
): Promise<ReadonlySet<Holding>> => {
  const kept = new Set<Holding>();
  for (const holding of holdings.ofOrder()) {
    const part = plan.find(({ warehouseId }) => warehouseId === holding.warehouseId);
    const line = part?.lines.find(({ productId }) => productId === holding.productId);
    if (line?.quantity === holding.setAside + holding.awaited) kept.add(holding);
    else await release(deps, event, holding);
  }
  return kept;
};

/** Reserves the goods of a plan. @returns undefined if other orders were faster; then another plan is needed. */
const carryOutPlan = async (
  deps: AllocationDeps,
  event: Placed,
  { plan, holdings }: { readonly plan: readonly AllocatedPart[]; readonly holdings: Holdings },
  mayQueue: boolean,
): Promise<readonly OrderPart[] | undefined> => {
  const kept = await releaseStray(deps, event, plan, holdings);
  const parts: OrderPart[] = [];
  for (const { warehouseId, lines } of plan) {
    const reserved: Line[] = [];
    for (const line of lines) {
      const holding = holdings.of(warehouseId, line.productId);
      const result = kept.has(holding)
        ? { ...line, awaitingStock: holding.awaited > 0 }
        : await reserve(deps, event, { warehouseId, ...line }, mayQueue);
      if (result === undefined) return undefined;
      reserved.push(result);
    }
    parts.push({ shipmentId: shipmentIdOf(event.data.orderId, warehouseId), warehouseId, lines: reserved });
  }
  return parts;
};

const releaseAll = async (
  deps: AllocationDeps,
  event: Placed,
  known: KnownOrder,
  sites: readonly Site[],
): Promise<void> => {
  const holdings = await loadHoldings(deps.aggregates, known.orderId, sites, productsOf(known));
  for (const holding of holdings.ofOrder()) await release(deps, event, holding);
};

const loadOrder = async ({ aggregates }: AllocationDeps, orderId: OrderId): Promise<KnownOrder> => {
  const state = await aggregates.of(order).load(orderId);
  if (state.progress === 'NONE') throw new Error(`The order ${orderId} was placed and is not there`);
  return state;
};

const setAside = async (
  deps: AllocationDeps,
  event: Placed,
  placed: KnownOrder,
  sites: readonly Site[],
): Promise<readonly OrderPart[]> => {
  for (let attempt = 1; attempt <= PLANS_MAX; attempt += 1) {
    const holdings = await loadHoldings(deps.aggregates, placed.orderId, sites, productsOf(placed));
    const plan = planOf(event, placed, sites, holdings);
    if (plan === null) throw new RetryLater('There is no active warehouse that could send the order');
    const parts = await carryOutPlan(deps, event, { plan, holdings }, attempt === PLANS_MAX);
    if (parts) return parts;
  }
  throw new RetryLater('Others keep taking the goods that the order is to have');
};

const allocateOrder = async (deps: AllocationDeps, event: Placed): Promise<void> => {
  const { orderId } = event.data;
  const placed = await loadOrder(deps, orderId);
  if (placed.parts.length > 0) return;
  const sites = await deps.warehouses();
  if (isCalledOff(placed)) return releaseAll(deps, event, placed, sites);
  const parts = await setAside(deps, event, placed, sites);
  const executed = requireKnownOutcome(
    await deps.aggregates.of(order).execute(
      orderId,
      { type: 'AllocateOrder', orderId, parts, at: deps.clock.now() },
      // Its content depends on the present stock, so each attempt is another command.
      contextOf(deps, event),
    ),
  );
  if (executed.kind === 'accepted') {
    if (executed.events.length > 0) return;
    // Another process has allocated the order meanwhile: further reservations are released.
    const { parts: allocated } = await loadOrder(deps, orderId);
    const holdings = await loadHoldings(deps.aggregates, orderId, sites, productsOf(placed));
    await releaseStray(deps, event, allocated, holdings);
    return;
  }
  // Goods were cancelled while they were being reserved.
  if (executed.rejection.code === 'ALLOCATION_MISMATCH')
    throw new RetryLater('The order needs other quantities now');
  if (executed.rejection.code !== 'ORDER_WRONG_STATUS')
    throw new Error(`An allocation was refused: ${JSON.stringify(executed.rejection)}`);
  // The order was cancelled while its goods were being reserved.
  await releaseAll(deps, event, placed, sites);
};

/**
 * Finds the warehouses that send an order, reserves the goods there, and then records the allocation. After an
 * interruption it starts again from the order's reservations in the stock.
 */
export const allocationWorkflow = (deps: AllocationDeps): Reactor =>
  reactor<OrderPlaced>('allocation', { OrderPlaced: (event) => allocateOrder(deps, event) });

import { accept, epochMsOf, reject, unreachable } from '../kernel';
import type { Decision, Instant, ProductId, ReplenishmentId, WarehouseId } from '../kernel';
import type {
  CorrectStock,
  ReceiveStock,
  ReleaseStock,
  RemoveStock,
  ReplenishStock,
  ReserveStock,
  SetLowStockThreshold,
  ShipStock,
  StockCommand,
  StockRejection,
} from './commands';
import type { StockEvent } from './events';
import { replenishmentLot, stockQuantityMax } from './limits';
import { availableOf, awaitedBy, evolve, setAsideFor, shortageOf } from './state';
import type { StockState } from './state';

type StockDecision = Decision<StockEvent, StockRejection>;
type Where = { readonly warehouseId: WarehouseId; readonly productId: ProductId; readonly at: Instant };

const refusalOfQuantity = (quantity: number): StockRejection | undefined =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= stockQuantityMax
    ? undefined
    : { code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: stockQuantityMax };

/** Serves the queue from its head while the whole quantity of the next order is on hand. */
const served = ({ onHand, queue }: StockState, { warehouseId, productId, at }: Where): StockEvent[] => {
  const events: StockEvent[] = [];
  let left = onHand;
  for (const { orderId, quantity } of queue) {
    // Orders are served strictly in order of arrival, even if a later, smaller one could be served.
    if (quantity > left) break;
    left -= quantity;
    events.push({
      type: 'StockReserved',
      data: { warehouseId, productId, orderId, quantity, backorderFilled: true, reservedAt: at },
    });
  }
  return events;
};

const isKnown = ({ onItsWay, lastArrived }: StockState, id: ReplenishmentId): boolean =>
  onItsWay.has(id) || lastArrived.includes(id);

/** Requests the goods that the queue needs beyond those already requested, in whole lots. */
const replenished = (
  state: StockState,
  replenishmentId: ReplenishmentId | undefined,
  { warehouseId, productId, at }: Where,
): StockEvent[] => {
  const shortage = shortageOf(state);
  if (replenishmentId === undefined || shortage <= 0 || isKnown(state, replenishmentId)) return [];
  const inLots = Math.ceil(shortage / replenishmentLot) * replenishmentLot;
  // One request is bounded. The next order that must wait requests what is still missing.
  const quantity = Math.min(inLots, stockQuantityMax);
  return [
    {
      type: 'StockReplenishmentRequested',
      data: { warehouseId, productId, replenishmentId, quantity, requestedAt: at },
    },
  ];
};

const receiveStock = (command: ReceiveStock, state: StockState): StockDecision => {
  const { warehouseId, productId, quantity, replenishmentId, at } = command;
  const refusal = refusalOfQuantity(quantity);
  if (refusal !== undefined) return reject(refusal);
  // A delivery is recorded once, however often its arrival is reported.
  if (replenishmentId !== undefined && state.lastArrived.includes(replenishmentId)) return accept();
  const received: StockEvent = {
    type: 'StockReceived',
    data: {
      warehouseId,
      productId,
      quantity,
      replenishmentId,
      receivedAt: at,
    },
  };
  return accept(received, ...served(evolve(state, received), command));
};

const removeStock = (command: RemoveStock, state: StockState): StockDecision => {
  const { warehouseId, productId, quantity, reason, replenishmentId, at } = command;
  const refusal = refusalOfQuantity(quantity);
  if (refusal !== undefined) return reject(refusal);
  // Reserved goods cannot be written off.
  if (quantity > state.onHand)
    return reject({ code: 'INSUFFICIENT_STOCK', available: state.onHand, wanted: quantity });
  const removed: StockEvent = {
    type: 'StockRemoved',
    data: { warehouseId, productId, quantity, reason, removedAt: at },
  };
  return accept(removed, ...replenished(evolve(state, removed), replenishmentId, command));
};

const reserveStock = (command: ReserveStock, state: StockState): StockDecision => {
  const { warehouseId, productId, orderId, quantity, backorder, at } = command;
  const refusal = refusalOfQuantity(quantity);
  if (refusal !== undefined) return reject(refusal);
  // An order has its reservation, or its place in the queue, once.
  if (state.claims.get(orderId) !== undefined || state.lastShipped.includes(orderId)) return accept();
  const available = availableOf(state);
  if (quantity <= available)
    return accept({
      type: 'StockReserved',
      data: { warehouseId, productId, orderId, quantity, backorderFilled: false, reservedAt: at },
    });
  // The caller does not want to wait, so the rejection says what is available.
  if (backorder === undefined) return reject({ code: 'INSUFFICIENT_STOCK', available, wanted: quantity });
  const backordered: StockEvent = {
    type: 'StockBackordered',
    data: { warehouseId, productId, orderId, quantity, backorderedAt: at },
  };
  const after = evolve(state, backordered);
  return accept(backordered, ...replenished(after, backorder.replenishmentId, command));
};

/** Tests whether goods were received after the moment. */
const hasReceivedSince = ({ lastReceivedAt }: StockState, moment: Instant): boolean =>
  lastReceivedAt !== undefined && epochMsOf(lastReceivedAt) > epochMsOf(moment);

const correctStock = (command: CorrectStock, state: StockState): StockDecision => {
  const { warehouseId, productId, orderId, askedAt, reason, replenishmentId, at } = command;
  const quantity = setAsideFor(state, orderId);
  // The order gave its goods up, or the stock was corrected for it before.
  if (quantity === 0 || hasReceivedSince(state, askedAt)) return accept();
  const of = { warehouseId, productId, orderId };
  // A warehouse that lacks reserved goods has none that are free.
  const missing = quantity + state.onHand;
  const events: readonly StockEvent[] = [
    { type: 'StockReleased', data: { ...of, quantity, awaited: 0, releasedAt: at } },
    { type: 'StockRemoved', data: { ...of, quantity: missing, reason, removedAt: at } },
    { type: 'StockBackordered', data: { ...of, quantity, backorderedAt: at } },
  ];
  return accept(...events, ...replenished(events.reduce(evolve, state), replenishmentId, command));
};

const releaseStock = (command: ReleaseStock, state: StockState): StockDecision => {
  const { warehouseId, productId, orderId, keep = 0, at } = command;
  const claim = state.claims.get(orderId);
  // The order has no more than it keeps: it never had, gave it up, or its goods have left.
  if (claim === undefined || claim.quantity <= keep) return accept();
  const pieces = claim.quantity - keep;
  const quantity = claim.waits ? 0 : pieces;
  const awaited = claim.waits ? pieces : 0;
  const released: StockEvent = {
    type: 'StockReleased',
    data: {
      warehouseId,
      productId,
      orderId,
      quantity,
      awaited,
      ...(keep > 0 ? { kept: keep } : {}),
      releasedAt: at,
    },
  };
  return accept(released, ...served(evolve(state, released), command));
};

const shipStock = (command: ShipStock, state: StockState): StockDecision => {
  const { warehouseId, productId, orderId, at } = command;
  if (state.lastShipped.includes(orderId)) return accept();
  const of = { warehouseId, productId, orderId };
  const quantity = setAsideFor(state, orderId);
  if (quantity > 0) return accept({ type: 'StockShipped', data: { ...of, quantity, shippedAt: at } });
  const awaited = awaitedBy(state, orderId);
  // Only goods of an order that has a claim can leave.
  if (awaited === 0) return reject({ code: 'RESERVATION_NOT_FOUND', orderId });
  const events: readonly StockEvent[] = [
    { type: 'StockReceived', data: { warehouseId, productId, quantity: awaited, receivedAt: at } },
    { type: 'StockReserved', data: { ...of, quantity: awaited, backorderFilled: true, reservedAt: at } },
    { type: 'StockShipped', data: { ...of, quantity: awaited, shippedAt: at } },
  ];
  return accept(...events, ...served(events.reduce(evolve, state), command));
};

const replenishStock = (command: ReplenishStock, state: StockState): StockDecision => {
  const { warehouseId, productId, replenishmentId, quantity, at } = command;
  const refusal = refusalOfQuantity(quantity);
  if (refusal !== undefined) return reject(refusal);
  if (isKnown(state, replenishmentId)) return accept();
  return accept({
    type: 'StockReplenishmentRequested',
    data: { warehouseId, productId, replenishmentId, quantity, requestedAt: at },
  });
};

const setLowStockThreshold = (command: SetLowStockThreshold, state: StockState): StockDecision => {
  const { warehouseId, productId, threshold, at } = command;
  // It is compared with a number of pieces, which is whole and not negative.
  if (!Number.isInteger(threshold) || threshold < 0 || threshold > stockQuantityMax)
    return reject({ code: 'LOW_STOCK_THRESHOLD_OUT_OF_RANGE', threshold, min: 0, max: stockQuantityMax });
  if (threshold === state.lowStockThreshold) return accept();
  return accept({ type: 'StockThresholdSet', data: { warehouseId, productId, threshold, setAt: at } });
};

export const decide = (command: StockCommand, state: StockState): StockDecision => {
  switch (command.type) {
    case 'ReceiveStock':
      return receiveStock(command, state);
    case 'RemoveStock':
      return removeStock(command, state);
    case 'ReserveStock':
      return reserveStock(command, state);
    case 'CorrectStock':
      return correctStock(command, state);
    case 'ReleaseStock':
      return releaseStock(command, state);
    case 'ShipStock':
      return shipStock(command, state);
    case 'ReplenishStock':
      return replenishStock(command, state);
    case 'SetLowStockThreshold':
      return setLowStockThreshold(command, state);
    default:
      return unreachable(command);
  }
};

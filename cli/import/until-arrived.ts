import type { Millis, OrderId } from '../../domain/kernel';
import type { OrderStatus } from '../../domain/order';
import type { Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import type { OrderDetails } from '../../projections/order-details';
import type { Reader } from '../../platform/projections';

/** The number of orders by final status. */
export type Arrived = Readonly<Partial<Record<OrderStatus, number>>>;

type Watching = {
  /** A read model that already includes the last command on the orders: see `untilRead`. */
  readonly orders: Pick<Reader<OrderDetails>, 'getMany'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
};

const ended: ReadonlySet<OrderStatus> = new Set(['FULFILLED', 'COMPLETED', 'CANCELLED', 'REFUNDED']);

const POLL_MS = 250 as Millis;
const STALLED_AFTER_MS = 60_000;
/** Orders that are read at once. */
const READ_MAX = 500;

const underWay = (total: number, left: number): Fault =>
  new Fault(
    'DEADLINE_EXCEEDED',
    `${left} of ${total} orders are under way and nothing has happened for a minute. They go on with the next start; is there a warehouse?`,
  );

/**
 * Waits until each of these orders has ended, for as long as one of them ends at least once a minute. An order that the read
 * model does not show has not ended.
 *
 * @returns how they ended; undefined where the signal aborted before all had.
 * @throws Fault `DEADLINE_EXCEEDED` when no order has ended for a minute.
 */
export const untilArrived = async (
  { orders, clock, signal, onProgress }: Watching,
  orderIds: readonly OrderId[],
): Promise<Arrived | undefined> => {
  const arrived: Partial<Record<OrderStatus, number>> = {};
  let left = [...new Set(orderIds)];
  const total = left.length;
  let lastAtMs = clock.monotonicMs();
  while (left.length > 0) {
    if (signal.aborted) return undefined;
    const looked = left.slice(0, READ_MAX);
    const over = new Set<OrderId>();
    for (const { document } of await orders.getMany(looked)) {
      if (!ended.has(document.status)) continue;
      over.add(document.id);
      arrived[document.status] = (arrived[document.status] ?? 0) + 1;
    }
    // Orders that were read and go on come last, so that every order is read in turn.
    left = [...left.slice(READ_MAX), ...looked.filter((id) => !over.has(id))];
    onProgress(total - left.length);
    const now = clock.monotonicMs();
    if (over.size > 0) lastAtMs = now;
    if (now - lastAtMs > STALLED_AFTER_MS) throw underWay(total, left.length);
    // Where all that were read have ended, the next ones may have ended, too.
    if (over.size < looked.length) await clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
  return arrived;
};

import type { OrderId } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import type { EventStore, Position } from '../../platform/event-store';
import { openReader, type ProjectionStatus } from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import { orderDetails } from '../../projections/order-details';
import type { Terminal } from '../program/command';
import { bar } from '../program/terminal';
import { untilArrived, type Arrived } from './until-arrived';
import { untilRead } from './until-read';

/** The orders that an import created or changed, and the position of the store after its last command. */
export type ImportedOrders = {
  readonly orderIds: readonly OrderId[];
  readonly position: Position | undefined;
};

export type OrderWait = {
  readonly store: Pick<EventStore, 'head'>;
  readonly readModels: ReadModels;
  /** Returns the status of every read model, whichever process keeps them. */
  readonly statuses: () => Promise<readonly ProjectionStatus[]>;
  readonly clock: Clock;
  readonly terminal: Terminal;
  /** Ends the wait. */
  readonly signal: AbortSignal;
};

const counted = (arrived: Arrived): string =>
  Object.entries(arrived)
    .map(([status, count]) => `${count} ${status.toLowerCase()}`)
    .join(', ');

/**
 * Waits until none of these orders is under way, or the signal aborts, and prints how they ended. Another process may keep the
 * read model, and it may be behind, so it is read only once it includes the last command.
 *
 * @throws Fault `DEADLINE_EXCEEDED` when nothing has happened for a minute.
 */
export const waitForOrders = async (
  { orderIds, position }: ImportedOrders,
  { store, readModels, statuses, clock, terminal, signal }: OrderWait,
): Promise<void> => {
  if (orderIds.length === 0) {
    terminal.err('There is no order to wait for.');
    return;
  }
  const { name } = orderDetails.collection;
  const ofOrders = async () => (await statuses()).filter((status) => status.name === name);
  const last = position ?? (await store.head());
  if (last !== undefined) await untilRead({ statuses: ofOrders, clock, signal }, last);
  const orders = openReader(readModels, orderDetails, clock);
  const onProgress = (done: number): void => terminal.progress(bar(done, orderIds.length, 'orders arrived'));
  const arrived = await untilArrived({ orders, clock, signal, onProgress }, orderIds);
  terminal.err(
    arrived === undefined
      ? 'Stopped before every order was seen to arrive. They go on with the next start.'
      : `Every order of this import has arrived, or is cancelled or refunded: ${counted(arrived)}.`,
  );
};

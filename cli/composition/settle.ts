import type { OrderId } from '../../domain/kernel';
import type { Position } from '../../platform/event-store';
import { orderDetails } from '../../projections/order-details';
import { openReader, type ProjectionDaemon } from '../../platform/projections';
import type { Invocation } from '../command';
import { bar } from '../terminal';
import type { Engines, Surroundings } from './engines';
import { projectionStatus } from './read-side';
import { untilArrived, type Arrived } from './until-arrived';
import { untilRead } from './until-read';

/** What was done to orders: which ones, and where the store stood after the last command. */
export type Settling = { readonly orderIds: readonly OrderId[]; readonly position: Position | undefined };

type Running = {
  readonly engines: Pick<Engines, 'store' | 'readModels'>;
  /** Absent while another process keeps the projections. */
  readonly projections: ProjectionDaemon | undefined;
};

const told = (arrived: Arrived): string =>
  Object.entries(arrived)
    .map(([status, count]) => `${count} ${status.toLowerCase()}`)
    .join(', ');

/**
 * Waits until none of these orders is under way, or the signal aborts, and tells how they ended. The read model may be kept by another
 * process and be behind, so it is read only once it holds the last command.
 *
 * @throws Fault `DEADLINE_EXCEEDED` when nothing has happened for a minute.
 */
export const settle = async (
  platform: Running,
  { orderIds, position }: Settling,
  { clock, terminal, signal }: Pick<Surroundings, 'clock'> & Pick<Invocation, 'terminal' | 'signal'>,
): Promise<void> => {
  const { engines } = platform;
  const { name } = orderDetails.collection;
  const statuses = async () =>
    (await projectionStatus(platform.projections, engines, { clock })).filter((each) => each.name === name);
  if (orderIds.length === 0) {
    terminal.err('There is no order to wait for.');
    return;
  }
  const last = position ?? (await engines.store.head());
  if (last !== undefined) await untilRead({ statuses, clock, signal }, last);
  const orders = openReader(engines.readModels, orderDetails, clock);
  const onProgress = (done: number): void => terminal.progress(bar(done, orderIds.length, 'orders arrived'));
  const arrived = await untilArrived({ orders, clock, signal, onProgress }, orderIds);
  terminal.err(
    arrived === undefined
      ? 'Stopped before every order was seen to arrive. They go on with the next start.'
      : `Every order of this import has arrived, or is cancelled or refunded: ${told(arrived)}.`,
  );
};

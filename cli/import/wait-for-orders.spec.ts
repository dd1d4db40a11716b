import type { OrderId } from '../../domain/kernel';
import { streamName, type NewEvent, type Position } from '../../platform/event-store';
import { uuidV5 } from '../../platform/ids';
import { orderDetails } from '../../projections/order-details';
import { writtenStatus, type ProjectionDaemon } from '../../platform/projections';
import { heardTerminal } from '../../tests/support/process/heard-terminal';
import { at, orderId, paid, placed } from '../../tests/support/domain/orders';
import { createWorkplace } from '../../tests/support/projections/projecting';
import { waitForOrders } from './wait-for-orders';

const NAMESPACE = '2d9e7f52-6a1b-5c3e-8f40-0b7c5d1e9a63';
const delivered = [
  placed,
  paid,
  { type: 'OrderShipped', data: { orderId, shippedAt: at } },
  { type: 'OrderFulfilled', data: { orderId, fulfilledAt: at } },
];

/** A platform whose projections run elsewhere, or here, or nowhere. */
const setUp = () => {
  const { clock, store, readModels, start } = createWorkplace();
  let projections: ProjectionDaemon | undefined;
  const stop = new AbortController();
  const { terminal, err: said } = heardTerminal();
  /** @returns where the store stands afterwards. */
  const record = async (count: number): Promise<Position> => {
    const events = delivered.slice(0, count).map(({ type, data }, index): NewEvent => ({
      ...{ id: uuidV5(NAMESPACE, `${index}`), type, data },
      metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:spec', schema: 1 },
    }));
    const result = await store.append(streamName('order', orderId), 'no-stream', events);
    if (result.kind !== 'appended') throw new Error(result.kind);
    return result.position;
  };
  const wait = (position: Position | undefined, orderIds: readonly OrderId[] = [orderId]) => {
    const statuses = () =>
      projections?.status() ?? writtenStatus({ store, readModels, projections: [orderDetails], clock });
    const { signal } = stop;
    return clock.drive(
      waitForOrders({ orderIds, position }, { store, readModels, statuses, clock, terminal, signal }),
    );
  };
  /** Maintains the read models, as another process without a status does. */
  const projectElsewhere = () => start([orderDetails]);
  const projectHere = async () => void (projections = await start([orderDetails]));
  return { clock, record, wait, stop, said, projectElsewhere, projectHere };
};

const all = 'Every order of this import has arrived, or is cancelled or refunded: 1 fulfilled.';

describe('waiting for the orders of an import', () => {
  it('reports nothing from read models that no process keeps', async () => {
    const { record, wait, said, clock } = setUp();
    const last = await record(4);
    await expect(wait(last)).rejects.toThrow(/none has moved for a minute: order_details$/);
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(60_000);
    expect(said).toEqual([]);
  });

  it('uses read models of another process once they include the last command', async () => {
    const { record, wait, said, projectElsewhere, clock } = setUp();
    const last = await record(4);
    clock.after(30_000 as never, () => void projectElsewhere());
    await wait(last);
    expect(said).toEqual([all]);
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(30_000);
  });

  it('uses the read models that this process begins to keep during the wait', async () => {
    const { record, wait, said, projectHere, clock } = setUp();
    await record(4);
    clock.after(30_000 as never, () => void projectHere());
    await wait(undefined);
    expect(said).toEqual([all]);
  });

  it('does not count an order in progress as arrived', async () => {
    const { record, wait, said, projectElsewhere } = setUp();
    const last = await record(2);
    await projectElsewhere();
    await expect(wait(last)).rejects.toThrow(/^1 of 1 orders are under way/);
    expect(said).toEqual([]);
  });

  it('reports that there is no order to wait for', async () => {
    const { wait, said } = setUp();
    await wait(undefined, []);
    expect(said).toEqual(['There is no order to wait for.']);
  });

  it('reports that it was stopped', async () => {
    const { record, wait, said, stop } = setUp();
    const last = await record(4);
    stop.abort();
    await wait(last);
    expect(said).toEqual(['Stopped before every order was seen to arrive. They go on with the next start.']);
  });
});

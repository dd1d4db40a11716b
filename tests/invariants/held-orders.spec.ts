import {
  payWithin,
  buy,
  createOrderBench,
  furnish,
  idOf,
  shipmentsOf,
} from '../support/commands/order-fixture';
import {
  begin,
  breachesOf,
  carryOut,
  eventsOf,
  interrupted,
  loadsOf,
  open,
  packAll,
  truckComesFor,
  type Opened,
} from '../support/commands/loading-bench';
import { order, type OrderHeld } from '../../domain/order';
import type { CommandContext } from '../../platform/execution';
import { system } from '../support/commands/order-fixture';

const reason = 'FRAUD' as const;

/** Brings the order so far that its truck is at the warehouse. */
const truckComes = async (opened: Opened): Promise<void> => {
  for (const shipmentId of await packAll(opened)) await truckComesFor(opened, shipmentId);
  await opened.bench.settle();
};

const wholeDelivered = async (opened: Opened): Promise<void> => {
  await carryOut(opened);
  expect(await opened.bench.status(opened.orderId)).toBe('FULFILLED');
  expect(await breachesOf(opened)).toEqual([]);
  expect(opened.bench.parking.all()).toEqual([]);
};

describe('an order that staff hold', () => {
  it('is not released to packing until it is released from its last hold', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    await bench.demand('holdOrder', { orderId, reason });
    await bench.demand('holdOrder', { orderId, reason: 'ADDRESS', comment: 'No such street.' });
    begin(opened);
    await bench.settle();
    expect(await bench.count('OrderAllocated')).toBe(1);
    expect(await bench.count('OrderPartReleased')).toBe(0);
    await bench.demand('releaseOrder', { orderId, reason });
    await bench.settle();
    expect(await bench.count('OrderPartReleased')).toBe(0);
    await bench.demand('releaseOrder', { orderId, reason: 'ADDRESS' });
    await bench.settle();
    expect(await bench.count('ShipmentCreated')).toBe(1);
    await truckComes(opened);
    await wholeDelivered(opened);
  });

  it('is not loaded, and its truck loads it once after the release', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    await bench.demand('holdOrder', { orderId, reason });
    await truckComes(opened);
    expect(await loadsOf(opened)).toEqual([]);
    // A restart forgets nothing.
    await bench.stop();
    begin(opened);
    await bench.clock.advance(10 * 60_000);
    expect(await loadsOf(opened)).toEqual([]);
    await bench.demand('releaseOrder', { orderId, reason });
    await bench.settle();
    expect(await loadsOf(opened)).toHaveLength(1);
    await wholeDelivered(opened);
  });

  it('is refunded when it is cancelled while its truck waits, and is not loaded', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    await bench.demand('holdOrder', { orderId, reason });
    await truckComes(opened);
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await loadsOf(opened)).toEqual([]);
    expect(bench.parking.all()).toEqual([]);
    expect(await breachesOf(opened)).toEqual([]);
  });

  it('is not stopped any more once it may be on a truck', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    await truckComes(opened);
    expect(await bench.refusal('holdOrder', { orderId, reason })).toEqual({
      code: 'ORDER_ALREADY_SHIPPED',
      orderId,
    });
    await wholeDelivered(opened);
  });

  it('cannot be cancelled once it was seen on a truck that no gateway loaded', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    bench.start();
    await bench.settle();
    await bench.demand('holdOrder', { orderId, reason });
    const [shipmentId] = await packAll(opened);
    await truckComesFor(opened, shipmentId!);
    await bench.settle();
    // The workflows stop, so the order does not learn of the departure before the cancellation.
    await bench.stop();
    bench.restart();
    await bench.demand('recordLoaded', { shipmentId: shipmentId! });
    expect(await bench.refusal('cancelOrder', { orderId })).toEqual({
      code: 'ORDER_ALREADY_SHIPPED',
      orderId,
    });
    bench.start();
    await bench.settle();
    await bench.demand('recordDelivered', { shipmentId: shipmentId! });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await breachesOf(opened)).toEqual([]);
    expect(bench.parking.all()).toEqual([]);
  });

  it('says which of its parts the hold does not stop', async () => {
    const opened = await open(105);
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    const [first, second] = await packAll(opened);
    await truckComesFor(opened, first!);
    await bench.settle();
    await bench.demand('holdOrder', { orderId, reason });
    const [held] = await eventsOf(opened, 'OrderHeld');
    expect((held?.data as OrderHeld['data']).tooLateFor).toEqual([first]);
    await truckComesFor(opened, second!);
    await bench.settle();
    expect(await loadsOf(opened)).toHaveLength(1);
    await bench.demand('releaseOrder', { orderId, reason });
    await bench.settle();
    await wholeDelivered(opened);
  });

  it('is decided by the order where a hold and the loading cross', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    await bench.stop();
    const at = bench.clock.now();
    const hold = { type: 'HoldOrder', orderId, reason, by: idOf('sam') as never, at } as const;
    const context: CommandContext = { commandId: idOf('hold'), correlationId: 'c', principal: system };
    const happens = () => bench.live().aggregates.of(order).execute(orderId, hold, context);
    begin(opened, interrupted(bench, { before: 'OrderPartLoadingStarted', happens }));
    for (const shipmentId of await packAll(opened)) await truckComesFor(opened, shipmentId);
    await bench.clock.advance(60_000);
    expect(await bench.count('OrderHeld')).toBe(1);
    expect(await bench.count('OrderPartLoadingStarted')).toBe(0);
    await bench.demand('releaseOrder', { orderId, reason });
    await bench.settle();
    expect(await loadsOf(opened)).toHaveLength(1);
    expect(await shipmentsOf(bench, orderId)).toHaveLength(1);
  });
});

describe('an unpaid order that staff hold', () => {
  it('does not expire, and gets back the time for which it was held', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    const expire = async (): Promise<void> => {
      const at = bench.clock.now();
      const context: CommandContext = { commandId: bench.freshId(), correlationId: 'c', principal: system };
      const orders = bench.life().aggregates.of(order);
      await bench.clock.drive(orders.execute(orderId, { type: 'ExpireOrder', orderId, at }, context));
    };
    await bench.clock.advance(payWithin - 60_000);
    await bench.demand('holdOrder', { orderId, reason: 'ADDRESS' });
    await bench.clock.advance(3 * 24 * 3_600_000);
    await expire();
    expect(await bench.status(orderId)).toBe('PLACED');
    await bench.demand('releaseOrder', { orderId, reason: 'ADDRESS' });
    await bench.clock.advance(30_000);
    await expire();
    expect(await bench.status(orderId)).toBe('PLACED');
    await bench.clock.advance(60_000);
    await expire();
    expect(await bench.status(orderId)).toBe('CANCELLED');
  });
});

import type { CommandContext } from '../../platform/execution';
import type { RefundId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { shipment } from '../../domain/shipment';
import { worldCommand } from '../../domain/world-command';
import { ann, customer, gbp, idOf, shipmentsOf, system } from '../support/commands/order-fixture';
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
  truckId,
  worldId,
  type Opened,
} from '../support/commands/loading-bench';

/** Another process, of which the one that is interrupted knows nothing. */
const elsewhere = ({ bench, orderId }: Opened) => {
  const context: CommandContext = { commandId: idOf('cancel'), correlationId: 'c', principal: customer(ann) };
  return () => bench.live().useCases.cancelOrder({ orderId }, context);
};

const refundedOf = async (opened: Opened): Promise<number> =>
  (await eventsOf(opened, 'PaymentRefunded')).length;

/** Either the goods are delivered and the money is kept, or the goods are on the shelf and the money is back. */
const goodsOrMoney = async (opened: Opened): Promise<'delivered' | 'refunded'> => {
  const { bench, orderId, near, mug } = opened;
  await carryOut(opened);
  const isDelivered = (await eventsOf(opened, 'ShipmentDelivered')).length > 0;
  expect(await refundedOf(opened)).toBe(isDelivered ? 0 : 1);
  expect(await bench.status(orderId)).toBe(isDelivered ? 'FULFILLED' : 'REFUNDED');
  expect((await loadsOf(opened)).length > 0).toBe(isDelivered);
  expect((await bench.stockOf(near, mug)).onHand).toBe(isDelivered ? 9 : 10);
  expect(await breachesOf(opened)).toEqual([]);
  expect(bench.parking.all()).toEqual([]);
  return isDelivered ? 'delivered' : 'refunded';
};

describe('a cancellation while the truck is at the warehouse', () => {
  it.each([
    ['ShipmentPacked', 'refunded'],
    ['ShipmentTruckArrived', 'refunded'],
    ['OrderPartLoadingStarted', 'delivered'],
    ['WorldCommandQueued', 'delivered'],
    ['ShipmentLoaded', 'delivered'],
    ['StockShipped', 'delivered'],
    ['OrderShipped', 'delivered'],
  ] as const)('right before %s leaves the order %s, and never both', async (before, outcome) => {
    const opened = await open();
    const { bench } = opened;
    begin(opened);
    await bench.settle();
    const [shipmentId] = await shipmentsOf(bench, opened.orderId);
    // The World is asked to pack by now, so the next command to it is the load.
    await bench.stop();
    let answer = '';
    const cancel = elsewhere(opened);
    const happens = async (): Promise<void> => void (answer = (await cancel()).kind);
    begin(opened, interrupted(bench, { before, happens }));
    await packAll(opened);
    await truckComesFor(opened, shipmentId!);
    await bench.settle();
    expect(await goodsOrMoney(opened)).toBe(outcome);
    expect(answer).toBe(outcome === 'refunded' ? 'accepted' : 'rejected');
  });

  it('is decided by the order, also where the one who cancels has not seen that the loading starts', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    await bench.stop();
    const refundId = idOf('refund') as RefundId;
    const cancel = { type: 'CancelOrder', orderId, refundId, at: bench.clock.now() } as const;
    const context: CommandContext = { commandId: idOf('cancel'), correlationId: 'c', principal: system };
    const happens = () => bench.live().aggregates.of(order).execute(orderId, cancel, context);
    begin(opened, interrupted(bench, { before: 'OrderPartLoadingStarted', happens }));
    for (const shipmentId of await packAll(opened)) await truckComesFor(opened, shipmentId);
    await bench.settle();
    expect(await goodsOrMoney(opened)).toBe('refunded');
  });

  it('is refused with what the customer can do', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    for (const shipmentId of await packAll(opened)) await truckComesFor(opened, shipmentId);
    expect(await bench.refusal('cancelOrder', { orderId })).toEqual({
      code: 'ORDER_ALREADY_SHIPPED',
      orderId,
    });
  });

  it('stops all parts or none', async () => {
    const opened = await open(105);
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    const [first, ...others] = await packAll(opened);
    expect(others).toHaveLength(1);
    await truckComesFor(opened, first!);
    await bench.settle();
    expect(await bench.refusal('cancelOrder', { orderId })).toMatchObject({ code: 'ORDER_ALREADY_SHIPPED' });
    for (const shipmentId of others) await truckComesFor(opened, shipmentId);
    await bench.settle();
    await carryOut(opened);
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await breachesOf(opened)).toEqual([]);
  });

  it('is possible again after the World refused to load it', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    begin(opened);
    await bench.settle();
    const [shipmentId] = await packAll(opened);
    await truckComesFor(opened, shipmentId!);
    await bench.settle();
    const failure = { shipmentId: shipmentId!, step: 'loading', reason: 'no such truck' } as const;
    await bench.demand('recordShipmentFailure', failure);
    await bench.settle();
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await breachesOf(opened)).toEqual([]);
  });

  it('is refused where loading began before orders gave leave for it', async () => {
    const opened = await open();
    const { bench, orderId } = opened;
    // Without the gateway's reactions, as an older version left it.
    bench.restart();
    bench.start();
    await bench.settle();
    for (const shipmentId of await packAll(opened)) await truckComesFor(opened, shipmentId);
    await bench.settle();
    expect(await bench.refusal('cancelOrder', { orderId })).toMatchObject({ code: 'ORDER_ALREADY_SHIPPED' });
    expect(await refundedOf(opened)).toBe(0);
  });
});

describe('a refund in full by staff while a part is being loaded', () => {
  it.each([
    ['the World refuses to load it', false],
    ['the loading is retried at the same moment', true],
  ])('stops the part and puts its goods on the shelf when %s', async (_, isRetried) => {
    const opened = await open();
    const { bench, orderId, near, mug } = opened;
    begin(opened);
    await bench.settle();
    const [shipmentId] = await packAll(opened);
    await truckComesFor(opened, shipmentId!);
    await bench.settle();
    await bench.demand('refundOrder', { orderId, amount: gbp(500), reason: 'a gift' });
    await bench.settle();
    await bench.stop();
    await bench.demand('recordShipmentFailure', {
      shipmentId: shipmentId!,
      step: 'loading',
      reason: 'no truck',
    });
    if (isRetried) await bench.demand('retryShipment', { shipmentId: shipmentId! });
    begin(opened);
    await bench.settle();
    const { status } = await bench.clock.drive(bench.life().aggregates.of(shipment).load(shipmentId!));
    expect([await bench.status(orderId), status]).toEqual(['REFUNDED', 'CANCELLED']);
    expect((await bench.stockOf(near, mug)).onHand).toBe(10);
    expect(await loadsOf(opened)).toHaveLength(1);
    expect(await breachesOf(opened)).toEqual([]);
  });

  it('lets the part leave, and keeps its goods off the shelf', async () => {
    const opened = await open();
    const { bench, orderId, near, mug } = opened;
    begin(opened);
    await bench.settle();
    for (const shipmentId of await packAll(opened)) await truckComesFor(opened, shipmentId);
    await bench.settle();
    await bench.demand('refundOrder', { orderId, amount: gbp(500), reason: 'a gift' });
    await bench.settle();
    await carryOut(opened);
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect((await bench.stockOf(near, mug)).onHand).toBe(9);
    expect(await breachesOf(opened)).toEqual([]);
  });
});

it('verify names goods that left for money that was given back', async () => {
  const opened = await open();
  const { bench, orderId, mug, near } = opened;
  // As it was before the order gave leave: the shipment is stopped on paper while the World loads it.
  bench.restart();
  bench.start();
  await bench.settle();
  const [shipmentId] = await shipmentsOf(bench, orderId);
  await bench.demand('cancelOrder', { orderId });
  await bench.settle();
  const { aggregates } = bench.live();
  const context = (id: string): CommandContext => ({
    commandId: idOf(id),
    correlationId: 'c',
    principal: system,
  });
  const id = idOf('a load of old') as never;
  const at = bench.clock.now();
  const request = {
    kind: 'load',
    warehouseId: near,
    shipmentId: shipmentId!,
    shipmentNumber: 1 as never,
    truckId,
    attempt: 1,
  } as const;
  await bench.clock.drive(
    aggregates
      .of(worldCommand)
      .execute(
        id,
        { type: 'QueueWorldCommand', worldCommandId: id, link: 'main', seqnum: 99 as never, request, at },
        context('queue'),
      ),
  );
  await bench.clock.drive(
    aggregates
      .of(worldCommand)
      .execute(
        id,
        { type: 'RecordWorldAnswer', worldCommandId: id, worldId, answerSeqnum: '5', at },
        context('answer'),
      ),
  );
  expect(await breachesOf(opened)).toEqual([
    {
      invariant: 'V9',
      subject: `shipment-${shipmentId}`,
      detail: 'the World has loaded it, and it is on record as CANCELLED',
    },
    {
      invariant: 'V9',
      subject: `stock-${near}-${mug}`,
      detail: `1 are on hand again that left with shipment ${shipmentId}`,
    },
    {
      invariant: 'V10',
      subject: `order-${orderId}`,
      detail: `its money was asked back, and after that shipment ${shipmentId} was loaded`,
    },
  ]);
});

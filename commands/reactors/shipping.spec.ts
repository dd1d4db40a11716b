import type { OrderId } from '../../domain/kernel';
import { ann, buy, createOrderBench, customer, furnish } from '../../tests/support/commands/order-fixture';
import { overridingStore } from '../../tests/support/commands/overriding-store';

/**
 * An order whose shipment is not moved; the first command that leads to such an event fails until the store is
 * repaired.
 */
const open = async (refused: string) => {
  const bench = createOrderBench({ world: false });
  const { mug } = await furnish(bench);
  const { durable } = bench;
  let failing: string | undefined;
  let isMended = false;
  const store = overridingStore(durable.store, {
    append: async (stream, expected, events) => {
      const command = events.find(({ type }) => type === refused)?.metadata.$causationId;
      failing ??= command;
      if (!isMended && command !== undefined && command === failing) throw new Error('no room');
      return durable.store.append(stream, expected, events);
    },
  });
  const { runtime } = bench.restart({ ...durable, store });
  runtime.start();
  const orderId = await buy(bench, [[mug, 1]]);
  await bench.settle();
  return {
    bench,
    changeDestination: async (x: number) => {
      const change = { orderId, destination: { x, y: 9 } };
      await bench.demand('changeDestination', change, { as: customer(ann) });
      await bench.settle();
    },
    mend: async () => {
      isMended = true;
      const [parked, ...others] = bench.parking.all();
      expect(others).toEqual([]);
      expect(await bench.clock.drive(runtime.replay(parked!.id))).toBe(true);
    },
    headedFor: async (): Promise<unknown> =>
      (await bench.events())
        .filter(({ type }) => type === 'ShipmentCreated' || type === 'ShipmentDestinationChanged')
        .map(({ data }) => data as { readonly orderId: OrderId; readonly destination: object })
        .at(-1)?.destination,
  };
};

describe('a parcel', () => {
  it('goes where the order goes now, when it is created later than the customer moved', async () => {
    const { changeDestination, mend, headedFor } = await open('ShipmentCreated');
    await changeDestination(7);
    await mend();
    expect(await headedFor()).toEqual({ x: 7, y: 9 });
  });

  it('is not sent back by an older change that is carried out after a newer one', async () => {
    const { changeDestination, mend, headedFor } = await open('ShipmentDestinationChanged');
    await changeDestination(7);
    await changeDestination(8);
    await mend();
    expect(await headedFor()).toEqual({ x: 8, y: 9 });
  });
});

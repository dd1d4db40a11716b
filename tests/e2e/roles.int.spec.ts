import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { eventually } from '../support/eventually';
import { describeOn } from '../support/real-engine';
import { SeparateRoles, type RoleProcess } from '../support/separate-roles';
import { Shopper } from '../support/shopper';

/** The states that an order goes through, as an edge tells them to whoever listens. */
async function* statesOf(edge: RoleProcess, orderId: string, token: string): AsyncGenerator<string> {
  const client = createClient({
    url: `${edge.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  try {
    const query = `subscription { orderUpdated(id: "${orderId}") { order { status } } }`;
    for await (const { data } of client.iterate<{ orderUpdated: { order: { status: string } } }>({ query }))
      yield data?.orderUpdated.order.status ?? 'no data';
  } finally {
    await client.dispose();
  }
}

const untilState = async (states: AsyncIterable<string>, wanted: string): Promise<readonly string[]> => {
  const seen: string[] = [];
  for await (const state of states) {
    seen.push(state);
    if (state === wanted) return seen;
  }
  throw new Error(`Never ${wanted}: ${seen.join(', ')}`);
};

const metricsOf = async ({ url }: RoleProcess): Promise<string> => (await fetch(`${url}/metrics`)).text();

const PATIENCE_MS = 30_000;

/** What each role alone can tell. */
const ownMetric = {
  edge: 'waybill_graphql_sockets',
  commands: 'waybill_command_duration_seconds_count',
  projections: 'waybill_projection_lag_seconds{projection="order_details"}',
  workflows: 'waybill_parked{kind="reactions"}',
  'world-gateway': 'waybill_world_link_connected{link="world"} 1',
  'ups-gateway': 'waybill_carrier_unacked',
  simulators: 'waybill_ready{part="eventStore"} 1',
};

// One test after the other on the same processes, because it is their lives that are told.
describeOn('WAYBILL_TEST_MONGODB', 'every role a process of its own,', (mongodb) =>
  describeOn('WAYBILL_TEST_NATS', 'on EventStoreDB, MongoDB and NATS:', (nats) => {
    let roles: SeparateRoles;
    let shopper: Shopper;
    let others: readonly RoleProcess[];
    const running = {} as Record<
      'commands' | 'otherCommands' | 'edge' | 'otherEdge' | 'projections',
      RoleProcess
    >;
    beforeAll(async () => {
      roles = await SeparateRoles.open({ mongodb, nats });
      const [simulators] = await Promise.all([
        roles.start('simulators'),
        roles.start('commands').then((one) => (running.commands = one)),
        roles.start('projections').then((one) => (running.projections = one)),
      ]);
      running.otherCommands = await roles.start('commands');
      const addresses = [running.commands, running.otherCommands].map((one) => one.addresses.grpc);
      const reached = { WAYBILL_COMMANDS: `grpc://${addresses.join(',')}` };
      const gateways = await Promise.all([
        roles.start('workflows', reached),
        roles.start('world-gateway', reached),
        roles.start('ups-gateway', reached),
      ]);
      await Promise.all([
        roles.start('edge', reached).then((one) => (running.edge = one)),
        roles.start('edge', reached).then((one) => (running.otherEdge = one)),
      ]);
      others = [simulators, ...gateways];
      shopper = await Shopper.signUp(running.edge.url, 'ada@example.com');
    }, 180_000);
    afterAll(() => roles.close(), 30_000);

    /** On a busy machine the read model may come after the answer, which then has no order. */
    const place = async (): Promise<string> => {
      const before = new Set((await shopper.orders()).map(({ id }) => id));
      await shopper.placeOrder({ x: 3, y: 9 });
      let placed: string | undefined;
      await eventually(async () => {
        placed = (await shopper.orders()).find(({ id }) => !before.has(id))?.id;
        return placed !== undefined;
      }, PATIENCE_MS);
      return placed!;
    };

    const untilFulfilled = (edge: RoleProcess, orderId: string): Promise<readonly string[]> =>
      untilState(statesOf(edge, orderId, shopper.token), 'FULFILLED');

    it('an order travels from the cart to the door, and another edge tells of each step', async () => {
      const [lamp, mug] = await shopper.productsOnHand(2);
      await shopper.addToCart(lamp!, 1);
      await shopper.addToCart(mug!, 2);
      const orderId = await place();
      await untilFulfilled(running.otherEdge, orderId);
      await eventually(async () => {
        const { shipments } = await shopper.order(orderId);
        return shipments.length === 1 && shipments[0]!.status === 'DELIVERED';
      }, PATIENCE_MS);
      const { timeline } = await shopper.order(orderId);
      const told = timeline.map(({ type }) => type);
      for (const type of ['OrderPlaced', 'OrderPaid', 'ShipmentPacked', 'ShipmentDelivered'])
        expect(told.filter((one) => one === type)).toHaveLength(1);
    }, 90_000);

    it('each says how it is', async () => {
      for (const one of [...Object.values(running), ...others]) {
        const ready = await fetch(`${one.url}/health/ready`);
        expect({ role: one.role, status: ready.status }).toEqual({ role: one.role, status: 200 });
        expect(await metricsOf(one)).toContain(ownMetric[one.role]);
      }
    }, 30_000);

    it('a command server is killed and the other takes over: nothing is lost, nothing is doubled', async () => {
      const [lamp] = await shopper.productsOnHand(1);
      const keys = Array.from({ length: 30 }, (_, index) => `once-${index}`);
      const add = async (key: string, triesLeft = 50): Promise<void> => {
        try {
          await shopper.addToCart(lamp!, 1, key);
        } catch (error) {
          if (triesLeft === 0) throw error;
          await add(key, triesLeft - 1);
        }
      };
      const adding = keys.map((key, index) => {
        if (index === keys.length / 2) void running.commands.process.kill();
        return add(key);
      });
      await Promise.all(adding);
      const quantityIn = async (query: string): Promise<number | undefined> =>
        (await shopper.ask<{ lines: readonly { quantity: number }[] }>(query)).lines[0]?.quantity;
      await eventually(
        async () => (await quantityIn('{ cart { lines { quantity } } }')) === keys.length,
        PATIENCE_MS,
      );
      const orderId = await place();
      await untilFulfilled(running.edge, orderId);
      expect(await quantityIn(`{ order(id: "${orderId}") { lines { quantity } } }`)).toBe(keys.length);
    }, 90_000);

    it('the projections are killed and another process goes on where they stopped', async () => {
      const [lamp] = await shopper.productsOnHand(1);
      const successor = roles.start('projections');
      await running.projections.process.kill();
      await shopper.addToCart(lamp!, 1);
      running.projections = await successor;
      await untilFulfilled(running.otherEdge, await place());
    }, 90_000);

    it('each stops within ten seconds of SIGTERM', async () => {
      const alive = [...Object.values(running), ...others].filter((one) => one !== running.commands);
      const stopping = alive.map(async ({ role, process }) => {
        const toldAt = performance.now();
        const { code } = await process.kill('SIGTERM');
        return { role, code, within: performance.now() - toldAt < 10_000 };
      });
      for (const stopped of await Promise.all(stopping))
        expect(stopped).toEqual({ role: stopped.role, code: 0, within: true });
    }, 60_000);
  }),
);

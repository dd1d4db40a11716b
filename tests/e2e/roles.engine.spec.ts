import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { openEngines } from '../../cli/composition/engines';
import { allProjections } from '../../projections/read-models';
import { verifyReadModels } from '../../cli/verify/read-models';
import { realClock, realRandom } from '../../platform/clock';
import type { Config } from '../../platform/config';
import { silentLogger } from '../../platform/telemetry';
import { orderStory } from '../contract/order-story.contract';
import { eventually } from '../support/time/eventually';
import { describeOn } from '../support/process/real-engine';
import { SeparateRoles, type RoleProcess, type Servers } from '../support/process/separate-roles';
import { Shopper } from '../support/graphql/shopper';

/** The states of an order, as a subscription at an edge delivers them. */
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

type Part = { readonly ready: boolean; readonly detail?: string };
type Health = { readonly status: string; readonly parts: Record<string, Part> };
const healthOf = async ({ url }: RoleProcess): Promise<Health & { readonly code: number }> => {
  const answer = await fetch(`${url}/health/ready`);
  return { ...((await answer.json()) as Health), code: answer.status };
};
const isHolding = async (one: RoleProcess): Promise<boolean> =>
  (await metricsOf(one)).includes(`waybill_lease_held{lease="${one.role}"} 1`);

/** V6: what is stored is what the events make. */
const differencesIn = async (config: Config): Promise<unknown> => {
  const surroundings = { clock: realClock, random: realRandom, logger: silentLogger };
  const engines = await openEngines(config, config.dataDir, surroundings);
  try {
    const report = await verifyReadModels({ ...engines, ...surroundings }, allProjections, () => undefined);
    expect(report.readModels.find(({ name }) => name === 'order_details')?.documents).toBeGreaterThan(0);
    return report.breaches;
  } finally {
    await engines.close();
  }
};

/** The health of each separate role. */
const ownMetric = {
  edge: 'waybill_graphql_sockets',
  commands: 'waybill_command_duration_seconds_count',
  projections: 'waybill_projection_lag_seconds{projection="order_details"}',
  workflows: 'waybill_integration_messages_waiting 0',
  'world-gateway': 'waybill_world_link_connected{link="world"} 1',
  'ups-gateway': 'waybill_carrier_unacked',
  simulators: 'waybill_ready{part="eventStore"} 1',
};

const describeOnThree = (name: string, define: (servers: Servers) => void): void =>
  describeOn('WAYBILL_TEST_EVENTSTORE_FOR_ROLES', name, (eventstore) =>
    describeOn('WAYBILL_TEST_MONGODB', 'on EventStoreDB,', (mongodb) =>
      describeOn('WAYBILL_TEST_NATS', 'MongoDB and NATS:', (nats) => define({ eventstore, mongodb, nats })),
    ),
  );

// One test after the other with the same processes, because the tests follow their lives.
describeOnThree('every role a process of its own,', (servers) => {
  let roles: SeparateRoles;
  let shopper: Shopper;
  let others: readonly RoleProcess[];
  const running = {} as Record<
    'commands' | 'otherCommands' | 'edge' | 'otherEdge' | 'projections' | 'standby',
    RoleProcess
  >;
  beforeAll(async () => {
    roles = await SeparateRoles.open(servers);
    const [simulators] = await Promise.all([
      roles.start('simulators'),
      roles.start('commands').then((one) => (running.commands = one)),
      roles.start('projections').then((one) => (running.projections = one)),
    ]);
    running.standby = await roles.start('projections');
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
  }, 300_000);
  afterAll(() => roles.close(), 30_000);

  const place = (): Promise<string> => shopper.place({ x: 3, y: 9 });

  const untilFulfilled = (edge: RoleProcess, orderId: string): Promise<readonly string[]> =>
    untilState(statesOf(edge, orderId, shopper.token), 'FULFILLED');

  describe('an order', () => orderStory(() => shopper));

  it('another edge reports an order until it has arrived', async () => {
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 1);
    await untilFulfilled(running.otherEdge, await place());
  }, 90_000);

  /** Returns the holder of the lease: on a busy machine one process may have lost it to the other. */
  const findHolder = async (): Promise<void> => {
    const { projections, standby } = running;
    await eventually(async () => {
      const [first, second] = await Promise.all([projections, standby].map(isHolding));
      if (second) Object.assign(running, { projections: standby, standby: projections });
      return first !== second;
    }, PATIENCE_MS);
  };

  it('each says how it is', async () => {
    await findHolder();
    const { standby, ...active } = running;
    const working = [...Object.values(active), ...others];
    // On a busy machine an engine may not answer a probe in time: then the next answer counts.
    let answers: readonly (Health & { readonly code: number })[] = [];
    const areReady = async (): Promise<boolean> => {
      answers = await Promise.all(working.map(healthOf));
      return answers.every(({ code }) => code === 200);
    };
    await eventually(areReady, PATIENCE_MS).catch((cause: unknown) => {
      throw new Error(`Not ready: ${JSON.stringify(answers)}`, { cause });
    });
    for (const one of working) expect(await metricsOf(one)).toContain(ownMetric[one.role]);
    const { code, status, parts } = await healthOf(standby);
    expect([code, status]).toEqual([200, 'standby']);
    expect(parts['projections']?.detail).toMatch(/^standby: .* has it$/);
    expect(await metricsOf(standby)).toContain('waybill_lease_held{lease="projections"} 0');
  }, 60_000);

  it('each edge tells how the read models are doing that another process keeps', async () => {
    const { adminEmail, adminPassword } = roles.config;
    const staff = await Shopper.logIn(running.edge.url, adminEmail, adminPassword!);
    type Report = { name: string; status: string; lagEvents: number; position: string | null };
    const query = '{ projections { name status lagEvents position } }';
    let reports: readonly Report[] = [];
    await eventually(async () => {
      reports = await staff.at(running.otherEdge.url).ask<readonly Report[]>(query);
      return reports.every(({ lagEvents }) => lagEvents === 0);
    }, PATIENCE_MS);
    expect(reports.map(({ name }) => name)).toEqual(allProjections.map(({ collection }) => collection.name));
    for (const { status, position } of reports) expect([status, typeof position]).toEqual(['live', 'string']);
    const { parts } = await healthOf(running.edge);
    expect(parts['projections']).toEqual({ ready: true });
  }, 60_000);

  it('without read models an edge is not ready, and it is ready again afterwards', async () => {
    const keepers = [running.projections, running.standby];
    keepers.forEach(({ process }) => process.pause());
    try {
      const [lamp] = await shopper.productsOnHand(1);
      await shopper.addToCart(lamp!, 1);
      await eventually(async () => {
        const { code, parts } = await healthOf(running.edge);
        return code === 503 && /carts is \d+ s behind/.test(parts['projections']?.detail ?? '');
      }, PATIENCE_MS);
    } finally {
      keepers.forEach(({ process }) => process.goOn());
    }
    await eventually(async () => (await healthOf(running.edge)).code === 200, PATIENCE_MS);
    await untilFulfilled(running.edge, await place());
  }, 90_000);

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

  /** Has the one that stands by take over, by what befalls the holder. @returns after how many milliseconds it has. */
  const failOver = async (befall: (holder: RoleProcess) => void): Promise<number> => {
    await findHolder();
    const { projections, standby } = running;
    const beganAt = performance.now();
    befall(projections);
    await eventually(() => isHolding(standby), PATIENCE_MS);
    running.projections = standby;
    running.standby = projections;
    return Math.round(performance.now() - beganAt);
  };

  it('the process of the projections is killed, and the one that stood by takes over', async () => {
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 1);
    const tookMs = await failOver(({ process }) => void process.kill());
    process.stdout.write(`the projections were taken over after ${tookMs} ms\n`);
    await untilFulfilled(running.otherEdge, await place());
  }, 90_000);

  it('one that slept through its lease steps down when it wakes, and overwrites nothing', async () => {
    running.standby = await roles.start('projections');
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 1);
    const early = place();
    await failOver(({ process }) => process.pause());
    await untilFulfilled(running.edge, await early);
    await shopper.addToCart(lamp!, 2);
    const late = place();
    const sleeper = running.standby;
    sleeper.process.goOn();
    await eventually(async () => !(await isHolding(sleeper)), PATIENCE_MS);
    await untilFulfilled(running.otherEdge, await late);
  }, 90_000);

  it('the standby takes over when the other process gets the signal to stop', async () => {
    const tookMs = await failOver(({ process }) => void process.kill('SIGTERM'));
    process.stdout.write(`the projections were handed over after ${tookMs} ms\n`);
    expect((await running.standby.process.ended).code).toBe(0);
  }, 60_000);

  it('each stops within ten seconds of SIGTERM', async () => {
    const gone = [running.commands, running.standby];
    const alive = [...Object.values(running), ...others].filter((one) => !gone.includes(one));
    const stopping = alive.map(async ({ role, process }) => {
      const toldAt = performance.now();
      const { code } = await process.kill('SIGTERM');
      return { role, code, within: performance.now() - toldAt < 10_000 };
    });
    for (const stopped of await Promise.all(stopping))
      expect(stopped).toEqual({ role: stopped.role, code: 0, within: true });
  }, 60_000);

  it('after all that, the read models are what the events make', async () => {
    expect(await differencesIn(roles.config)).toEqual([]);
  }, 180_000);
});

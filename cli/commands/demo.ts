import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Millis } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { readConfig, type Config, type Environment } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { exitCodes, type Command, type Invocation, type Terminal } from '../program/command';
import { DemoCustomer, type DemoOrder, type DemoProduct } from '../demo/customer';
import { drawMap, type MapView, type Spot } from '../demo/map';
import { parseRoles } from '../roles/role-names';
import { SIMULATED_WORLD } from '../roles/simulators';
import { realRuntime } from '../program/runtime';
import { startPlatform, type Platform } from '../composition/start-platform';

const LOOK_MS = 150 as Millis;
const GIVE_UP_MS = 120_000;
const frame = { width: 60, height: 15 };
const home: Spot = { x: 4, y: 11 };

/** Creates a canvas: `draw` replaces its lines in place, `say` prints lines above them. */
const canvas = (terminal: Terminal) => {
  let drawn = 0;
  return {
    draw: (lines: readonly string[]): void => {
      if (!terminal.interactive) return;
      terminal.redraw(lines, drawn);
      drawn = lines.length;
    },
    say: (lines: readonly string[]): void => {
      if (!terminal.interactive) {
        lines.forEach((line) => terminal.err(line));
        return;
      }
      terminal.redraw(lines, drawn);
      drawn = 0;
    },
  };
};

const viewOf = ({ world }: Platform, order: DemoOrder): MapView => {
  const city = world?.view(SIMULATED_WORLD);
  const ours = new Set(order.shipments.map(({ truckId }) => truckId));
  return {
    warehouses: city?.warehouses ?? [],
    trucks: (city?.trucks ?? []).filter(({ id }) => ours.has(id)),
    destination: home,
    delivered: order.status === 'FULFILLED',
  };
};

const productsThatArrived = async (
  customer: DemoCustomer,
  signal: AbortSignal,
): Promise<readonly DemoProduct[]> => {
  const giveUpAt = realClock.monotonicMs() + GIVE_UP_MS;
  while (realClock.monotonicMs() < giveUpAt) {
    const products = await customer.products();
    if (products.length >= 2) return products;
    await realClock.sleep(LOOK_MS, signal);
  }
  throw new Fault('DEADLINE_EXCEEDED', 'The World brought no goods in time.');
};

const orderThatShows = async (customer: DemoCustomer, signal: AbortSignal): Promise<DemoOrder> => {
  const giveUpAt = realClock.monotonicMs() + GIVE_UP_MS;
  while (realClock.monotonicMs() < giveUpAt) {
    const order = await customer.latestOrder();
    if (order !== undefined) return order;
    await realClock.sleep(LOOK_MS, signal);
  }
  throw new Fault('DEADLINE_EXCEEDED', 'The order was placed, and the read models do not show it.');
};

const shop = async (customer: DemoCustomer, { terminal, signal }: Invocation): Promise<DemoOrder> => {
  terminal.err('The World brings the first goods …');
  const [first, second] = await productsThatArrived(customer, signal);
  if (first === undefined || second === undefined)
    throw new Fault('DEADLINE_EXCEEDED', 'There is nothing to buy.');
  await customer.addToCart(first.id, 1);
  await customer.addToCart(second.id, 2);
  const order = (await customer.placeOrder(home)) ?? (await orderThatShows(customer, signal));
  terminal.err(
    `Ada orders 1 × ${first.name} and 2 × ${second.name}: order ${order.number}, ${order.total.formatted}.\n`,
  );
  return order;
};

const watch = async (
  platform: Platform,
  [customer, placed]: readonly [DemoCustomer, DemoOrder],
  { terminal, signal }: Invocation,
): Promise<void> => {
  const picture = canvas(terminal);
  const startedAt = realClock.monotonicMs();
  let shown = 0;
  for (;;) {
    const order = await customer.order(placed.id);
    const news = order.timeline.slice(shown);
    if (news.length > 0) {
      picture.say(news.map(({ at, summary }) => `  ${at.slice(11, 23)}  ${summary}`));
      shown = order.timeline.length;
    }
    picture.draw([...drawMap(viewOf(platform, order), frame), 'W warehouse  ▪ truck  ⌂ home']);
    const seconds = (realClock.monotonicMs() - startedAt) / 1_000;
    if (order.status === 'FULFILLED') {
      terminal.err(`\nDelivered after ${seconds.toFixed(1)} s.`);
      return;
    }
    if (seconds * 1_000 > GIVE_UP_MS)
      throw new Fault('DEADLINE_EXCEEDED', `The order is still ${order.status}.`);
    await realClock.sleep(LOOK_MS, signal);
  }
};

const anyPort = { httpPort: 0, grpcPort: 0, worldAmazonPort: 0, worldUpsPort: 0, carrierPort: 0 };

/** The settings that a demo reads. Others could make it use a real store. */
const readVariables = new Set(['WAYBILL_FLAKINESS', 'WAYBILL_LOG_LEVEL', 'WAYBILL_SIMULATION_SPEED']);

const ownEnvironment = ({ environment, terminal }: Invocation): Environment => {
  const ignored = Object.keys(environment).filter(
    (name) => name.startsWith('WAYBILL_') && !readVariables.has(name),
  );
  if (ignored.length > 0)
    terminal.err(`The demo runs on engines of its own and ignores ${ignored.join(', ')}.`);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => readVariables.has(name)));
};

const play = async (config: Config, invocation: Invocation): Promise<void> => {
  const platform = await startPlatform(config, parseRoles([]), realRuntime(config), invocation.signal);
  try {
    const customer = await DemoCustomer.signUp(platform.addresses.http ?? '', 'ada@example.com');
    const order = await shop(customer, invocation);
    await watch(platform, [customer, order], invocation);
  } finally {
    await platform.close();
  }
};

export const demoCommand: Command = {
  name: 'demo',
  summary: 'starts a new platform, places an order, and shows the parcel on a map',
  usage: `Usage: waybill demo [--speed N]

Runs a Waybill of its own on a temporary data directory, with a small catalogue, three warehouses, a World and a carrier. Places
an order through GraphQL and shows its progress until it is delivered. --speed: of the World (default 100).
Of the environment it reads only ${[...readVariables].join(', ')}.`,
  run: async (invocation) => {
    const { args, terminal, signal } = invocation;
    const { values } = parseArgs({ args: [...args], options: { speed: { type: 'string' } } });
    const directory = await mkdtemp(join(tmpdir(), 'waybill-demo-'));
    try {
      const { config } = readConfig({
        WAYBILL_LOG_LEVEL: 'error',
        ...ownEnvironment(invocation),
        WAYBILL_DATA_DIR: directory,
        ...(values.speed && { WAYBILL_SIMULATION_SPEED: values.speed }),
      });
      await play({ ...config, ...anyPort }, invocation);
      terminal.err('Run one of your own: npm start');
    } catch (error) {
      if (!signal.aborted) throw error;
      terminal.err('Stopped; nothing is left of it.');
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return exitCodes.ok;
  },
};

import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { hostPort } from '../../platform/listen';
import { startWorldSimulator } from '../../simulators/world';
import { UsageError, type Command } from '../program/command';
import { realRuntime } from '../program/runtime';
import { serve } from '../program/serve';

const parseNumber = (name: string, text: string, max: number): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > max)
    throw new UsageError(`--${name} takes a whole number up to ${max}; not "${text}".`);
  return Number(text);
};

const parseWorldId = (text: string): bigint => {
  if (!/^\d{1,18}$/.test(text)) throw new UsageError(`--ensure takes the number of a world; not "${text}".`);
  return BigInt(text);
};

const text = { type: 'string' } as const;
const options = {
  'amazon-port': text,
  'ups-port': text,
  speed: text,
  flakiness: text,
  duplicate: { ...text, default: '0' },
  reorder: { ...text, default: '0' },
  delay: { ...text, default: '0' },
  disconnect: { ...text, default: '0' },
  ensure: { ...text, multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} as const;

export const worldCommand: Command = {
  name: 'world',
  summary: 'runs the World simulator alone, for any mini-Amazon and mini-UPS',
  usage: `Usage: waybill world [--amazon-port N] [--ups-port N] [--ensure WORLD] [--speed N] [--json]
                     [--flakiness N] [--duplicate N] [--reorder N] [--disconnect N] [--delay MS]

Listens for shops (WAYBILL_WORLD_AMAZON_PORT, default 23456) and carriers (WAYBILL_WORLD_UPS_PORT, default 12345). Stores its
worlds in the folder "world" of the data directory. The options below add faults to its connections.

Options
  --ensure WORLD   creates a world of that number unless it exists (repeatable)
  --speed N        of worlds that are created from now on (default 100)
  --flakiness N    the percentage of messages that are lost, in each direction (0 to 99, default 0)
  --duplicate N    … that arrive twice
  --reorder N      … that later messages overtake
  --disconnect N   … that break the connection
  --delay MS       the longest delay of a message, in milliseconds (0 to 60000, default 0)
  --json           the addresses on standard output, as one line of JSON`,
  run: async (invocation) => {
    const { environment, terminal } = invocation;
    const { values } = parseArgs({ args: [...invocation.args], options });
    const { config, warnings } = readConfig({
      ...environment,
      ...(values['amazon-port'] && { WAYBILL_WORLD_AMAZON_PORT: values['amazon-port'] }),
      ...(values['ups-port'] && { WAYBILL_WORLD_UPS_PORT: values['ups-port'] }),
      ...(values.flakiness && { WAYBILL_FLAKINESS: values.flakiness }),
      ...(values.speed && { WAYBILL_SIMULATION_SPEED: values.speed }),
    });
    const percent = (name: 'duplicate' | 'reorder' | 'disconnect'): number =>
      parseNumber(name, values[name], 99);
    const faults = {
      flakiness: config.flakiness,
      duplicate: percent('duplicate'),
      reorder: percent('reorder'),
      disconnect: percent('disconnect'),
      delayMsMax: parseNumber('delay', values.delay, 60_000),
    };
    const worlds = values.ensure.map(parseWorldId);
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    const runtime = realRuntime(config);
    return serve(invocation, { logger: runtime.logger, json: values.json }, async (shutdown) => {
      const data = await openDataDirectory(config.dataDir, { random: runtime.random, part: 'world' });
      shutdown.add('data directory', () => data.release());
      const world = await startWorldSimulator({
        directory: data.path,
        host: config.host,
        amazonPort: config.worldAmazonPort,
        upsPort: config.worldUpsPort,
        faults,
        defaultSpeed: config.simulationSpeed,
        ...runtime,
      });
      shutdown.add('World simulator', () => world.close());
      for (const id of worlds) await world.ensureWorld(id);
      const addresses = { worldAmazon: hostPort(world.amazonAddress), worldUps: hostPort(world.upsAddress) };
      data.writeAddresses(addresses);
      const greeting = `The World listens for shops on ${addresses.worldAmazon} and for carriers on ${addresses.worldUps}.`;
      return { addresses, greeting };
    });
  },
};

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { createLogger } from '../../platform/telemetry';
import { startWorldSimulator } from '../../simulators/world';
import { exitCodes, UsageError, type Command } from '../command';
import { untilStopped } from '../until-stopped';

const parseWorldId = (text: string): bigint => {
  if (!/^\d{1,18}$/.test(text)) throw new UsageError(`--ensure takes the number of a world; not "${text}".`);
  return BigInt(text);
};

export const worldCommand: Command = {
  name: 'world',
  summary: 'runs the World simulator alone, for any mini-Amazon and mini-UPS',
  usage: `Usage: waybill world [--amazon-port N] [--ups-port N] [--flakiness 0..99] [--speed N] [--ensure WORLD]

Listens for shops (default 23456) and carriers (default 12345), as WAYBILL_WORLD_AMAZON_PORT and WAYBILL_WORLD_UPS_PORT say;
its worlds are kept in the data directory. --ensure makes a world of that number unless there is one (repeatable).`,
  run: async ({ args, environment, terminal, signal }) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'amazon-port': { type: 'string' },
        'ups-port': { type: 'string' },
        flakiness: { type: 'string' },
        speed: { type: 'string' },
        ensure: { type: 'string', multiple: true },
      },
    });
    const { config, warnings } = readConfig({
      ...environment,
      ...(values['amazon-port'] && { WAYBILL_WORLD_AMAZON_PORT: values['amazon-port'] }),
      ...(values['ups-port'] && { WAYBILL_WORLD_UPS_PORT: values['ups-port'] }),
      ...(values.flakiness && { WAYBILL_FLAKINESS: values.flakiness }),
      ...(values.speed && { WAYBILL_SIMULATION_SPEED: values.speed }),
    });
    const worlds = (values.ensure ?? []).map(parseWorldId);
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    const data = await openDataDirectory(config.dataDir, { random: realRandom });
    const world = await startWorldSimulator({
      directory: join(data.path, 'world'),
      host: config.host,
      amazonPort: config.worldAmazonPort,
      upsPort: config.worldUpsPort,
      flakiness: config.flakiness,
      defaultSpeed: config.simulationSpeed,
      clock: realClock,
      random: realRandom,
      logger: createLogger(config.logLevel),
    });
    for (const id of worlds) await world.ensureWorld(id);
    terminal.err(
      `The World listens for shops on ${world.amazonAddress.host}:${world.amazonAddress.port} and for carriers on ${world.upsAddress.host}:${world.upsAddress.port}.`,
    );
    await untilStopped(signal);
    await world.close();
    await data.release();
    return exitCodes.ok;
  },
};

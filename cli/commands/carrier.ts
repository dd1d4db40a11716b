import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { createLogger } from '../../platform/telemetry';
import { startCarrierSimulator } from '../../simulators/carrier';
import { exitCodes, UsageError, type Command } from '../command';
import { untilStopped } from '../until-stopped';

const parseWorld = (text: string): { readonly host: string; readonly port: number } => {
  const match = /^(?<host>[^:]+):(?<port>\d{1,5})$/.exec(text);
  if (!match?.groups) throw new UsageError(`--world takes host:port; not "${text}".`);
  return { host: match.groups['host'] ?? '', port: Number(match.groups['port']) };
};

const parseNumber = (name: string, text: string): bigint => {
  if (!/^\d{1,18}$/.test(text)) throw new UsageError(`--${name} takes a whole number; not "${text}".`);
  return BigInt(text);
};

export const carrierCommand: Command = {
  name: 'carrier',
  summary: 'runs the carrier simulator alone, for any shop that speaks one of its dialects',
  usage: `Usage: waybill carrier [--port N] [--world HOST:PORT] [--world-id N] [--shop URL] [--dialect plain|enveloped|signed]
                       [--trucks N]

Takes notices on its port (default 4010), drives trucks through the World (default 127.0.0.1:12345, world 1) and reports to
the shop (default http://127.0.0.1:4000). The secret of the signed dialect is WAYBILL_CARRIER_SECRET, or kept in the data
directory; its name WAYBILL_CARRIER_NAME.`,
  run: async ({ args, environment, terminal, signal }) => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { port: text, world: text, 'world-id': text, shop: text, dialect: text, trucks: text },
    });
    const { config } = readConfig({
      ...environment,
      ...(values.port && { WAYBILL_CARRIER_PORT: values.port }),
      ...(values.dialect && { WAYBILL_CARRIER_DIALECT: values.dialect }),
    });
    const world = parseWorld(values.world ?? `${config.host}:${config.worldUpsPort}`);
    const worldId = parseNumber('world-id', values['world-id'] ?? '1');
    const trucks = Number(parseNumber('trucks', values.trucks ?? '20'));
    const shopUrl = (values.shop ?? `http://${config.host}:${config.httpPort}`).replace(/\/$/, '');
    const data = await openDataDirectory(config.dataDir, { random: realRandom });
    const secret = config.carrierSecret ?? (await data.secret('carrier', 32));
    const carrier = await startCarrierSimulator({
      directory: join(data.path, 'carrier'),
      name: config.carrierName,
      host: config.host,
      port: config.carrierPort,
      world: { ...world, worldId },
      shopUrl: () => shopUrl,
      dialect: config.carrierDialect,
      secrets: secret.split(','),
      trucks,
      clock: realClock,
      random: realRandom,
      logger: createLogger(config.logLevel),
    });
    terminal.err(
      `The carrier takes notices on http://${config.host}:${carrier.port} and reports to ${shopUrl}.`,
    );
    await untilStopped(signal);
    await carrier.close();
    await data.release();
    return exitCodes.ok;
  },
};

import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { hostPort } from '../../platform/listen';
import { webhookSecretOf } from '../../platform/webhook-signing';
import { startCarrierSimulator } from '../../simulators/carrier';
import { UsageError, type Command } from '../program/command';
import { realRuntime } from '../program/runtime';
import { serve } from '../program/serve';

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
                       [--trucks N] [--json]

Receives notices on its port (default 4010), drives trucks in the World (default 127.0.0.1:12345) and reports to the shop
(default http://127.0.0.1:4000). Without --world-id it stays in its former world; at the first start the World creates one, and
the carrier sends its number to the shop. The secret of the signed dialect is WAYBILL_CARRIER_SECRET, or the one that it shares
with a "waybill start" on the same data directory. WAYBILL_CARRIER_NAME names the carrier. Its state is in the folder "carrier"
of the data directory. --json: the address, on standard output.`,
  run: async (invocation) => {
    const { args, environment } = invocation;
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ port: text, world: text, 'world-id': text, shop: text, dialect: text, trucks: text },
        json: { type: 'boolean', default: false },
      },
    });
    const { config } = readConfig({
      ...environment,
      ...(values.port && { WAYBILL_CARRIER_PORT: values.port }),
      ...(values.dialect && { WAYBILL_CARRIER_DIALECT: values.dialect }),
    });
    const world = parseWorld(values.world ?? `${config.host}:${config.worldUpsPort}`);
    const worldId =
      values['world-id'] === undefined ? {} : { worldId: parseNumber('world-id', values['world-id']) };
    const trucks = Number(parseNumber('trucks', values.trucks ?? '20'));
    const shopUrl = (values.shop ?? `http://${config.host}:${config.httpPort}`).replace(/\/$/, '');
    const runtime = realRuntime(config);
    return serve(invocation, { logger: runtime.logger, json: values.json }, async (shutdown) => {
      const data = await openDataDirectory(config.dataDir, { random: runtime.random, part: 'carrier' });
      shutdown.add('data directory', () => data.release());
      const secrets = config.carrierSecret ?? [await data.secret('carrier', 32, webhookSecretOf)];
      const carrier = await startCarrierSimulator({
        directory: data.path,
        name: config.carrierName,
        host: config.host,
        port: config.carrierPort,
        world: { ...world, ...worldId },
        shopUrl: () => shopUrl,
        dialect: config.carrierDialect,
        secrets,
        trucks,
        ...runtime,
      });
      shutdown.add('carrier simulator', () => carrier.close());
      const addresses = { carrier: hostPort({ host: config.host, port: carrier.port }) };
      data.writeAddresses(addresses);
      const greeting = `The carrier takes notices on http://${addresses.carrier} and reports to ${shopUrl}.`;
      return { addresses, greeting };
    });
  },
};

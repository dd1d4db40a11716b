import { parseArgs } from 'node:util';
import { startEventStoreServer } from '../../gateways/eventstore';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { createLogger } from '../../platform/telemetry';
import { exitCodes, type Command } from '../command';
import { untilStopped } from '../until-stopped';

const DEFAULT_PORT = 2113;

export const eventStoreCommand: Command = {
  name: 'eventstore',
  summary: "serves the embedded store by EventStoreDB's protocol",
  usage: `Usage: waybill eventstore [--port N]

Serves the events of the data directory to EventStoreDB's clients of any language (default port 2113, without TLS):
esdb://127.0.0.1:2113?tls=false. Callers have to show WAYBILL_EVENTSTORE_CREDENTIALS where that is set.
A running "waybill start" serves its own store on WAYBILL_EVENTSTORE_PORT instead.`,
  run: async ({ args, environment, terminal, signal }) => {
    const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } });
    const { config } = readConfig({
      ...environment,
      ...(values.port && { WAYBILL_EVENTSTORE_PORT: values.port }),
    });
    const surroundings = { clock: realClock, random: realRandom, logger: createLogger(config.logLevel) };
    const data = await openDataDirectory(config.dataDir, surroundings);
    const store = await openEmbeddedEventStore({ directory: data.path, ...surroundings });
    const port = config.eventStorePort ?? DEFAULT_PORT;
    const { host, eventStoreCredentials: credentials } = config;
    const server = await startEventStoreServer({ store, host, port, credentials, ...surroundings });
    await data.writeAddresses({ eventstore: `${config.host}:${server.port}` });
    terminal.err(`EventStoreDB's protocol is spoken at esdb://${config.host}:${server.port}?tls=false.`);
    await untilStopped(signal);
    await server.close();
    await store.close();
    await data.release();
    return exitCodes.ok;
  },
};

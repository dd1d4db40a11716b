import { parseArgs } from 'node:util';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { hostPort } from '../../platform/listen';
import { boundedLogger, createLogger } from '../../platform/telemetry';
import type { Command } from '../command';
import { eventStoreAccess } from '../composition/event-store-access';
import { serve } from '../serve';

const DEFAULT_PORT = 2113;

export const eventStoreCommand: Command = {
  name: 'eventstore',
  summary: "serves the embedded store by EventStoreDB's protocol",
  usage: `Usage: waybill eventstore [--port N] [--json]

Serves the events of the data directory to EventStoreDB's clients of any language (default port 2113):
esdb://127.0.0.1:2113?tls=false. Callers have to show WAYBILL_EVENTSTORE_CREDENTIALS (user:password) where that is set; without it
the port has to be on this machine, and streams of Waybill's own categories can be read and not written.
WAYBILL_EVENTSTORE_TLS_CERT and WAYBILL_EVENTSTORE_TLS_KEY have it speak TLS.
A running "waybill start" serves its own store on WAYBILL_EVENTSTORE_PORT instead. --json: the address, on standard output.`,
  run: async (invocation) => {
    const { args, environment } = invocation;
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const { config } = readConfig({
      ...environment,
      ...(values.port && { WAYBILL_EVENTSTORE_PORT: values.port }),
    });
    const logger = boundedLogger(createLogger(config.logLevel), realClock);
    const surroundings = { clock: realClock, random: realRandom, logger };
    return serve(invocation, { logger, json: values.json }, async (closers) => {
      const access = eventStoreAccess(config, logger);
      const data = await openDataDirectory(config.dataDir, surroundings);
      closers.add('data directory', () => data.release());
      const store = await openEmbeddedEventStore({ directory: data.path, ...surroundings });
      closers.add('event store', () => store.close());
      // Every other command would pay for loading it.
      const { startEventStoreServer } = await import('../../gateways/eventstoredb/index.js');
      const port = config.eventStorePort ?? DEFAULT_PORT;
      const server = await startEventStoreServer({ store, port, ...access, ...surroundings });
      closers.add('EventStoreDB protocol', () => server.close());
      const addresses = { eventstore: hostPort({ host: access.host, port: server.port }) };
      data.writeAddresses(addresses);
      const greeting = `EventStoreDB's protocol is spoken at esdb://${addresses.eventstore}?tls=${access.tls === undefined ? 'false' : 'true'}.`;
      return { addresses, greeting };
    });
  },
};

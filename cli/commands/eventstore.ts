import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { openEmbeddedEventStore } from '../../platform/event-store';
import type { Command } from '../command';
import { eventStoreAccess } from '../event-store-access';
import { serveEventStore } from '../event-store-server';
import { realRuntime } from '../runtime';
import { serve } from '../serve';

const DEFAULT_PORT = 2113;

export const eventStoreCommand: Command = {
  name: 'eventstore',
  summary: "serves the embedded store by EventStoreDB's protocol",
  usage: `Usage: waybill eventstore [--port N] [--json]

Serves the events of the data directory to EventStoreDB's clients of any language (default port 2113):
esdb://127.0.0.1:2113?tls=false. If WAYBILL_EVENTSTORE_CREDENTIALS (user:password) is set, callers must send it. Without it the
port must be on this machine, and streams of Waybill's own categories are read-only.
WAYBILL_EVENTSTORE_TLS_CERT and WAYBILL_EVENTSTORE_TLS_KEY turn on TLS.
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
    const runtime = realRuntime(config);
    const access = eventStoreAccess(config, runtime.logger);
    return serve(invocation, { logger: runtime.logger, json: values.json }, async (shutdown) => {
      const data = await openDataDirectory(config.dataDir, runtime);
      shutdown.add('data directory', () => data.release());
      const store = await openEmbeddedEventStore({ directory: data.path, ...runtime });
      shutdown.add('event store', () => store.close());
      const port = config.eventStorePort ?? DEFAULT_PORT;
      const { address, stop } = await serveEventStore({ port, store, access, runtime });
      stop?.forEach(({ name, close }) => shutdown.add(name, close));
      const addresses = { eventstore: address };
      data.writeAddresses(addresses);
      const tls = access.tls !== undefined;
      return { addresses, greeting: `EventStoreDB's protocol is spoken at esdb://${address}?tls=${tls}.` };
    });
  },
};

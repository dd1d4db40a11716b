import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { UsageError, type Command } from '../program/command';
import { eventStoreAccess } from '../composition/event-store-access';
import { serveEventStore } from '../composition/event-store-server';
import { realRuntime } from '../program/runtime';
import { serve } from '../program/serve';

const DEFAULT_PORT = 2113;

const liveBufferOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`--live-buffer takes a number of events from 1 to 999999; not "${text}".`);
  return Number(text);
};

export const eventStoreCommand: Command = {
  name: 'eventstore',
  summary: "serves the embedded store by EventStoreDB's protocol",
  usage: `Usage: waybill eventstore [--port N] [--live-buffer N] [--json]

Serves the events of the data directory to EventStoreDB's clients of any language (default port 2113):
esdb://127.0.0.1:2113?tls=false. If WAYBILL_EVENTSTORE_CREDENTIALS (user:password) is set, callers must send it. Without it the
port must be on this machine, and streams of Waybill's own categories are read-only.
WAYBILL_EVENTSTORE_TLS_CERT and WAYBILL_EVENTSTORE_TLS_KEY turn on TLS.
--live-buffer ends a live subscription when more than N events wait for it, as EventStoreDB does with 32; by default none is
ended, and the consumer's pace decides.
A running "waybill start" serves its own store on WAYBILL_EVENTSTORE_PORT instead. --json: the address, on standard output.`,
  run: async (invocation) => {
    const { args, environment } = invocation;
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'live-buffer': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const liveBufferMax = liveBufferOf(values['live-buffer']);
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
      const { address, stop } = await serveEventStore({ port, store, access, liveBufferMax, runtime });
      stop?.forEach(({ name, close }) => shutdown.add(name, close));
      const addresses = { eventstore: address };
      data.writeAddresses(addresses);
      const tls = access.tls !== undefined;
      return { addresses, greeting: `EventStoreDB's protocol is spoken at esdb://${address}?tls=${tls}.` };
    });
  },
};

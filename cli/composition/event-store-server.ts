import type { EmbeddedEventStore } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { hostPort } from '../../platform/listen';
import type { EventStoreAccess } from './event-store-access';
import type { Contribution } from '../roles/contribution';
import type { Runtime } from '../program/runtime';

/**
 * Serves EventStoreDB's protocol over the embedded store.
 *
 * @param port - 0 takes any free one.
 * @param store - undefined where the configuration names another store.
 * @throws Fault `CONFIG_INVALID`, `PORT_IN_USE`.
 */
export const serveEventStore = async ({
  port,
  store,
  access,
  liveBufferMax,
  runtime,
}: {
  readonly port: number;
  readonly store: EmbeddedEventStore | undefined;
  readonly access: EventStoreAccess;
  readonly liveBufferMax?: number | undefined;
  readonly runtime: Runtime;
}): Promise<Contribution & { readonly address: string }> => {
  if (store === undefined)
    throw new Fault(
      'CONFIG_INVALID',
      'WAYBILL_EVENTSTORE_PORT serves the embedded store; WAYBILL_EVENT_STORE names another.',
    );
  // Loaded only where it is used: every other command would pay for it.
  const { startEventStoreServer } = await import('../../gateways/eventstoredb/index.js');
  const server = await startEventStoreServer({ store, port, liveBufferMax, ...access, ...runtime });
  return {
    address: hostPort({ host: access.host, port: server.port }),
    stop: [{ name: 'EventStoreDB protocol', close: () => server.close() }],
  };
};

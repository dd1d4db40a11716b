import type { EventStoreServerOptions } from '../../gateways/eventstoredb';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { isLoopback, tlsIdentity } from '../../platform/listen';
import type { Logger } from '../../platform/telemetry';
import { categories } from './aggregates';

export type EventStoreAccess = Pick<
  EventStoreServerOptions,
  'host' | 'credentials' | 'tls' | 'guardedCategories' | 'remedy'
>;

type AccessConfig = Pick<
  Config,
  'host' | 'eventStoreCredentials' | 'eventStoreTlsCert' | 'eventStoreTlsKey' | 'eventStoreWriteAll'
>;

const REMEDY =
  'Set WAYBILL_EVENTSTORE_CREDENTIALS at the server and show them, or set WAYBILL_EVENTSTORE_WRITE_ALL=on there.';

/**
 * Returns which callers EventStoreDB's protocol admits and what they may write. The store holds hashes of passwords, and events
 * that give roles.
 *
 * @throws Fault `CONFIG_INVALID` where other machines would reach it without credentials.
 */
export const eventStoreAccess = (config: AccessConfig, logger: Logger): EventStoreAccess => {
  const { host, eventStoreCredentials: credentials, eventStoreWriteAll } = config;
  const identity = tlsIdentity('WAYBILL_EVENTSTORE_TLS', {
    certificate: config.eventStoreTlsCert,
    key: config.eventStoreTlsKey,
  });
  if (!isLoopback(host) && credentials === undefined)
    throw new Fault(
      'CONFIG_INVALID',
      `EventStoreDB's protocol on ${host} is open to other machines: set WAYBILL_EVENTSTORE_CREDENTIALS (user:password), or WAYBILL_HOST=127.0.0.1.`,
    );
  if (credentials === undefined)
    logger.warn(
      { host },
      "Every program on this machine may read all events by EventStoreDB's protocol, hashes of passwords among them; set WAYBILL_EVENTSTORE_CREDENTIALS to require a user and password",
    );
  else if (!isLoopback(host) && identity === undefined)
    logger.warn(
      { host },
      "EventStoreDB's protocol is served without TLS, so that passwords and events can be read on the way; set WAYBILL_EVENTSTORE_TLS_CERT and WAYBILL_EVENTSTORE_TLS_KEY, or put a proxy that ends TLS before it",
    );
  return {
    host,
    credentials,
    tls: identity && { cert: identity.certificate, key: identity.key },
    guardedCategories: eventStoreWriteAll ? undefined : categories,
    remedy: eventStoreWriteAll ? undefined : REMEDY,
  };
};

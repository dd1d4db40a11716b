import { certified } from '../../tests/support/process/certificates';
import { readConfig } from '../../platform/config';
import type { Environment } from '../../platform/config';
import { silentLogger } from '../../platform/telemetry';
import { eventStoreAccess } from './event-store-access';

const accessOf = (environment: Environment) => {
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (_: object, message: string) => void warnings.push(message) };
  return { access: eventStoreAccess(readConfig(environment).config, logger), warnings };
};
const credentials = { WAYBILL_EVENTSTORE_CREDENTIALS: 'ada:lovelace' };
const tls = { WAYBILL_EVENTSTORE_TLS_CERT: certified.certificate, WAYBILL_EVENTSTORE_TLS_KEY: certified.key };

describe("EventStoreDB's protocol", () => {
  it.each(['0.0.0.0', '::', '10.1.2.3', 'shop.internal', '127.0.0.1.example'])(
    'is not served on %s without credentials',
    (host) => {
      for (const environment of [{}, tls, { WAYBILL_EVENTSTORE_WRITE_ALL: 'on' }])
        expect(() => accessOf({ WAYBILL_HOST: host, ...environment })).toThrow(
          'WAYBILL_EVENTSTORE_CREDENTIALS',
        );
    },
  );

  it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])(
    'on %s warns that every local program can read',
    (host) => {
      const { access, warnings } = accessOf({ WAYBILL_HOST: host });
      expect(access).toMatchObject({ host, credentials: undefined });
      expect(warnings).toEqual([expect.stringContaining('hashes of passwords')]);
      expect(accessOf({ WAYBILL_HOST: host, ...credentials }).warnings).toEqual([]);
    },
  );

  it("guards Waybill's own categories from callers without credentials, unless the settings allow it", () => {
    const { guardedCategories, remedy } = accessOf({}).access;
    expect([...(guardedCategories ?? [])]).toEqual(expect.arrayContaining(['account', 'order', 'payment']));
    expect(remedy).toContain('WAYBILL_EVENTSTORE_WRITE_ALL');
    expect(accessOf({ WAYBILL_EVENTSTORE_WRITE_ALL: 'on' }).access.guardedCategories).toBeUndefined();
  });

  it('warns that other machines on the network can read, unless it uses TLS', () => {
    const open = { WAYBILL_HOST: '0.0.0.0', ...credentials };
    expect(accessOf(open).warnings).toEqual([expect.stringContaining('without TLS')]);
    const { access, warnings } = accessOf({ ...open, ...tls });
    expect(warnings).toEqual([]);
    expect(access.tls).toEqual({ cert: certified.certificate, key: certified.key });
  });

  it('needs a certificate together with its key', () => {
    expect(() => accessOf({ WAYBILL_EVENTSTORE_TLS_CERT: certified.certificate })).toThrow(
      'WAYBILL_EVENTSTORE_TLS_KEY',
    );
  });
});

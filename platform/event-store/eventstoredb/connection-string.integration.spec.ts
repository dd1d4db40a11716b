import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnectionString } from './connection-string';

describe('a connection string', () => {
  it.each([
    ['esdb://localhost:2113?tls=false', { endpoint: { address: 'localhost', port: 2113 } }],
    ['ESDB://localhost/?TLS=false', { endpoint: { address: 'localhost', port: 2113 } }],
    ['kurrentdb://[::1]:1', { endpoint: { address: '[::1]', port: 1 } }],
    ['esdb+discover://cluster.local', { discover: { address: 'cluster.local', port: 2113 } }],
    [
      'esdb://one,two:7?tls=false&nodePreference=Follower&maxDiscoverAttempts=3',
      {
        endpoints: [
          { address: 'one', port: 2113 },
          { address: 'two', port: 7 },
        ],
        nodePreference: 'follower',
        maxDiscoverAttempts: 3,
      },
    ],
    [
      'esdb://localhost?keepAliveInterval=-1&keepAliveTimeout=20000&defaultDeadline=500&connectionName=a%20b',
      {
        endpoint: { address: 'localhost', port: 2113 },
        keepAliveInterval: -1,
        keepAliveTimeout: 20_000,
        defaultDeadline: 500,
        connectionName: 'a b',
      },
    ],
  ])('is understood: %s', (text, connection) => {
    expect(readConnectionString(text).connection).toEqual(connection);
  });

  it('uses TLS by default', () => {
    expect(readConnectionString('esdb://localhost').tls).toEqual({ insecure: false });
    expect(readConnectionString('esdb://localhost?tls=true').tls).toEqual({ insecure: false });
    expect(readConnectionString('esdb://localhost?tls=false').tls).toEqual({ insecure: true });
  });

  it('reads the files it names', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'waybill-tls-'));
    const file = join(directory, 'ca.pem');
    await writeFile(file, 'certificate');
    const { tls } = readConnectionString(
      `esdb://localhost?tlsCAFile=${file}&userCertFile=${file}&userKeyFile=${file}`,
    );
    const bytes = Buffer.from('certificate');
    expect(tls).toEqual({ insecure: false, rootCertificate: bytes, userCertFile: bytes, userKeyFile: bytes });
    await rm(directory, { recursive: true });
  });

  it('has a user whose password is shown nowhere', () => {
    const settings = readConnectionString('esdb://ad%40a:love%3Alace@localhost:2113');
    expect(settings.credentials).toEqual({ username: 'ad@a', password: 'love:lace' });
    expect(settings.shown).toBe('esdb://localhost:2113');
    expect(settings.warnings).toEqual([]);
  });

  it('warns of a password that can be read on its way', () => {
    for (const host of ['localhost', '127.0.0.2', '[::1]:2113'])
      expect(readConnectionString(`esdb://ada:x@${host}?tls=false`).warnings).toEqual([]);
    expect(readConnectionString('esdb://ada:x@localhost,db.internal?tls=false').warnings).toEqual([
      'The user name and password go to the server without TLS, where they can be read on the way',
    ]);
  });

  it.each([
    ['', 'begins with esdb://'],
    ['localhost:2113', 'begins with esdb://'],
    ['mongodb://localhost', 'begins with esdb://'],
    ['esdb://', '"" is no host; write it like esdb://localhost:2113?tls=false'],
    ['esdb://?tls=false', 'is no host'],
    ['esdb://one,,two', 'is no host'],
    ['esdb://localhost:port', '"port" is no port'],
    ['esdb://localhost:0', '"0" is no port'],
    ['esdb://localhost:65536', 'is no port'],
    ['esdb+discover://one,two', 'after +discover stands one host'],
    ['esdb://ada@localhost', 'before the @ stands user:password'],
    ['esdb://:x@localhost', 'before the @ stands user:password'],
    ['esdb://localhost?tls=no', 'tls is true or false, not "no"'],
    ['esdb://localhost?tls', 'tls has no value'],
    ['esdb://localhost?ssl=true', '"ssl" is no option; those are tls, '],
    ['esdb://localhost?gossipTimeout=soon', 'gossipTimeout is a whole number'],
    ['esdb://localhost?nodePreference=any', 'nodePreference is one of leader, follower'],
    ['esdb://localhost?throwOnAppendFailure=false', 'leave it out'],
    ['esdb://localhost?tlsVerifyCert=false', 'set tlsCAFile'],
    ['esdb://localhost?tlsCAFile=/no/such/file', 'tlsCAFile names a file that is not there: /no/such/file'],
    ['esdb://localhost?userCertFile=/no', 'userCertFile and userKeyFile go together'],
    ['esdb://localhost?connectionName=%E0%A4%A', 'percent-encoded'],
    ['localhost', 'WAYBILL_EVENT_STORE: it begins with'],
  ])('is refused with what to write instead: %s', (text, message) => {
    const read = () => readConnectionString(text);
    expect(read).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error);
    expect(read).toThrow(message);
  });

  it.each(['se%cret', 'se/cret', 'se?cret', 'se@cret', 'se:cr:et/'])(
    'never shows a password, not even a broken one: %s',
    (password) => {
      const read = () => readConnectionString(`esdb://ada:${password}@localhost`);
      expect(read).toThrow(/^WAYBILL_EVENT_STORE: .*(percent-encoded|%2F)/);
      expect(read).not.toThrow(/ada|se[%/?@:]|cr/);
    },
  );
});

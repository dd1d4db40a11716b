import { generateKeyPairSync } from 'node:crypto';
import { connectCommands, startCommandServer } from '../../gateways/grpc';
import { inProcessCommands } from '../../commands/client/in-process';
import type { UseCaseRegistry } from '../../commands/use-cases';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig, type Environment } from '../../platform/config';
import { silentLogger } from '../../platform/telemetry';
import { certificateFiles, certified } from '../../tests/support/process/certificates';
import { eventually } from '../../tests/support/time/eventually';
import { commandServersOf, commandServerTls } from './grpc-settings';

const runtime = { clock: realClock, random: realRandom, logger: silentLogger };
const token = 'a token of the command services';

const serve = (environment: Environment) =>
  startCommandServer({
    commands: inProcessCommands({} as UseCaseRegistry, runtime),
    ...{ host: '127.0.0.1', port: 0, token },
    tls: commandServerTls(readConfig(environment).config),
    ...runtime,
  });

const connect = (environment: Environment) =>
  connectCommands({ ...commandServersOf(readConfig(environment).config), token, ...runtime });

const withTls: Environment = {
  WAYBILL_GRPC_TLS_CERT_FILE: certificateFiles.certificate,
  WAYBILL_GRPC_TLS_KEY_FILE: certificateFiles.key,
};

describe('the connection to the command services', () => {
  const opened: { close(drainMs: number): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close(100);
  });
  const opening = <Closable extends { close(drainMs: number): Promise<void> }>(one: Closable): Closable => {
    opened.push(one);
    return one;
  };

  it('uses TLS where a certificate and a key are set, and only with a trusted authority', async () => {
    const { port } = opening(await serve(withTls));
    const url = `grpcs://localhost:${port}`;
    const trusting = { WAYBILL_COMMANDS: url, WAYBILL_GRPC_TLS_CA_FILE: certificateFiles.authority };
    const strangers = [
      { WAYBILL_COMMANDS: url },
      { ...trusting, WAYBILL_COMMANDS: url.replace('grpcs', 'grpc') },
    ].map((environment) => opening(connect(environment)));
    const trusted = opening(connect(trusting));
    await eventually(() => trusted.healthy());
    // It came last and is there: the others had the time.
    expect(strangers.map((stranger) => stranger.healthy())).toEqual([false, false]);
  });

  it('uses all servers of the setting', () => {
    expect(commandServersOf(readConfig({ WAYBILL_COMMANDS: 'grpc://a:1,b:2' }).config)).toEqual({
      addresses: ['a:1', 'b:2'],
    });
  });

  it.each([
    ['half of what it takes', { WAYBILL_GRPC_TLS_CERT_FILE: certificateFiles.certificate }, /Set both/],
    [
      'another key',
      {
        ...withTls,
        WAYBILL_GRPC_TLS_KEY: generateKeyPairSync('ed25519').privateKey.export({
          type: 'pkcs8',
          format: 'pem',
        }),
      },
      /not the key of/,
    ],
    ['what is no key', { ...withTls, WAYBILL_GRPC_TLS_KEY: certified.certificate }, /must be a private key/],
    [
      'what is no certificate',
      { WAYBILL_GRPC_TLS_CERT: certified.key, WAYBILL_GRPC_TLS_KEY: certified.key },
      /WAYBILL_GRPC_TLS_CERT: must be a certificate, as PEM$/,
    ],
  ])('refuses %s', (_, environment, why) => {
    expect(() => commandServerTls(readConfig(environment as Environment).config)).toThrow(why);
  });
});

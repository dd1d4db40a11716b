import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '../faults';
import { readConfig } from './read-config';

const faultOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (isFault(error, 'CONFIG_INVALID')) return error.message;
    throw error;
  }
  throw new Error('It was taken for valid');
};

describe('the configuration', () => {
  it('runs everything embedded on this machine when nothing is set', () => {
    const { config, warnings } = readConfig({ PATH: '/bin' });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      httpPort: 4000,
      eventStore: 'embedded',
      commands: 'in-process',
      world: 'simulated',
      seed: true,
    });
    expect(config.eventStorePort).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ WAYBILL_HTTP_PORT: '' }).config.httpPort).toBe(4000);
  });

  it('names every wrong variable at once and what it holds', () => {
    const message = faultOf({ WAYBILL_HTTP_PORT: '70000', WAYBILL_BUS: 'rabbit://x' });
    expect(message).toContain('WAYBILL_HTTP_PORT (it is "70000")');
    expect(message).toContain('WAYBILL_BUS: must be "embedded" or a nats:// URL');
  });

  it('says in plain words what is wrong', () => {
    const message = faultOf({
      WAYBILL_HTTP_PORT: 'abc',
      WAYBILL_FLAKINESS: '200',
      WAYBILL_LOG_LEVEL: 'loud',
    });
    expect(message).toContain('WAYBILL_HTTP_PORT (it is "abc"): must be a number');
    expect(message).toContain('WAYBILL_FLAKINESS (it is "200"): must be at most 99');
    expect(message).toContain(
      'WAYBILL_LOG_LEVEL (it is "loud"): must be one of debug, info, warn, error, silent',
    );
  });

  it('never repeats a secret', () => {
    expect(faultOf({ WAYBILL_ADMIN_PASSWORD: 'hunter2' })).not.toContain('hunter2');
    expect(faultOf({ WAYBILL_READ_MODELS: 'postgres://me:hunter2@db' })).not.toContain('hunter2');
  });

  it('takes several secrets with commas, blanks aside', () => {
    const [one, two] = ['1'.repeat(32), '2'.repeat(32)];
    expect(readConfig({ WAYBILL_TOKEN_SECRET: one }).config.tokenSecret).toEqual([one]);
    expect(readConfig({ WAYBILL_TOKEN_SECRET: `${one}, ${two}\n` }).config.tokenSecret).toEqual([one, two]);
  });

  it.each([
    ['WAYBILL_TOKEN_SECRET', 32],
    ['WAYBILL_CARRIER_SECRET', 16],
  ])('refuses a %s with a part of fewer than %i characters, were it only a comma', (variable, lengthMin) => {
    const long = 'x'.repeat(lengthMin);
    for (const text of [
      `${long},`,
      `,${long}`,
      `${long},short`,
      `${long},${' '.repeat(lengthMin)}`,
      'a,'.repeat(20),
    ]) {
      const message = faultOf({ [variable]: text });
      expect(message).toContain(`${variable}: each secret has at least ${lengthMin} characters`);
      expect(message).not.toContain('short');
    }
  });

  it('takes several origins with commas, and refuses what is none', () => {
    const text = 'https://shop.example, HTTP://localhost:3000';
    expect(readConfig({ WAYBILL_ALLOWED_ORIGINS: text }).config.allowedOrigins).toEqual([
      'https://shop.example',
      'http://localhost:3000',
    ]);
    expect(readConfig({}).config.allowedOrigins).toEqual([]);
    expect(readConfig({ WAYBILL_ALLOWED_ORIGINS: '*' }).config.allowedOrigins).toEqual(['*']);
    for (const wrong of ['shop.example', 'https://shop.example/', 'https://a.example,', 'null', 'file:///x'])
      expect(faultOf({ WAYBILL_ALLOWED_ORIGINS: wrong })).toContain('each must be an origin such as');
  });

  it('warns of a variable that is none of its own', () => {
    expect(readConfig({ WAYBILL_HTPP_PORT: '1' }).warnings).toEqual([
      'WAYBILL_HTPP_PORT is not a setting of Waybill and does nothing.',
    ]);
  });

  describe('with a secret in a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'waybill-config-'));
    afterAll(() => rmSync(directory, { recursive: true }));

    it('reads it from there', () => {
      const file = join(directory, 'password');
      writeFileSync(file, 'correct horse battery\n');
      const { config, warnings } = readConfig({ WAYBILL_ADMIN_PASSWORD_FILE: file });
      expect(config.adminPassword).toBe('correct horse battery');
      expect(warnings).toEqual([]);
    });

    it('says which file is missing', () => {
      expect(faultOf({ WAYBILL_TOKEN_SECRET_FILE: join(directory, 'nowhere') })).toContain('nowhere');
    });

    it('does not read a file for a setting that is no secret', () => {
      expect(readConfig({ WAYBILL_HOST_FILE: '/etc/hostname' }).warnings).toHaveLength(1);
    });
  });

  it.each([['esdb://127.0.0.1:2113?tls=false'], ['esdb+discover://cluster.example:2113'], ['embedded']])(
    'accepts %s as an event store',
    (url) => {
      expect(readConfig({ WAYBILL_EVENT_STORE: url }).config.eventStore).toBe(url);
    },
  );

  it.each([['tcp://world:23456'], ['tcp://world:23456?worldid=7'], ['off']])(
    'accepts %s as a World',
    (url) => {
      expect(readConfig({ WAYBILL_WORLD: url }).config.world).toBe(url);
    },
  );
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { carriersOf } from './carriers-of-config';

const secrets = ['a secret of the first'];
const carriersIn = (environment: Record<string, string>) =>
  carriersOf(readConfig(environment).config, secrets, undefined);
const listing = (...carriers: readonly object[]) => ({ WAYBILL_CARRIERS: JSON.stringify(carriers) });
const dhl = { name: 'dhl', url: 'https://dhl.example/', secret: 'a secret of the second' };

describe('the carriers of a configuration', () => {
  it('are the simulated one without configuration, and none if it is off', () => {
    expect(carriersIn({})).toEqual([
      {
        ...{ name: 'ups', dialect: 'signed', baseUrl: 'http://127.0.0.1:4010', prefix: '', secrets },
        ...{ unsignedFrom: [], operator: false },
      },
    ]);
    expect(carriersIn({ WAYBILL_CARRIER: 'off' })).toEqual([]);
  });

  it.each([
    ['plain', '', true],
    ['enveloped', '/api', true],
    ['signed', '', false],
  ])(
    'accept unsigned messages of a carrier that is %s only if the configuration says so',
    (dialect, prefix, may) => {
      const environment = { WAYBILL_CARRIER: 'https://ups.example', WAYBILL_CARRIER_DIALECT: dialect };
      const from = (unsigned: string) =>
        carriersIn({ ...environment, WAYBILL_CARRIER_UNSIGNED: unsigned })[0]?.unsignedFrom;
      expect(carriersIn(environment)).toMatchObject([{ dialect, prefix, unsignedFrom: [] }]);
      expect(from('off')).toEqual([]);
      expect(from('on')).toEqual(may ? ['127.0.0.0/8', '::1'] : []);
      expect(from('10.0.0.7, 192.0.2.0/24')).toEqual(may ? ['10.0.0.7', '192.0.2.0/24'] : []);
      expect(() => from('10.0.0.7,ups.example')).toThrow('WAYBILL_CARRIER_UNSIGNED');
    },
  );

  it('include further ones, each with its own dialect, secrets and permissions', () => {
    const directory = mkdtempSync(join(tmpdir(), 'waybill-carriers-'));
    const secretFile = join(directory, 'swift');
    writeFileSync(secretFile, 'first and foremost,second and last..\n');
    const swift = { name: 'swift', url: 'http://swift', dialect: 'enveloped', secretFile, operator: true };
    const snail = {
      name: 'snail',
      url: 'http://snail',
      dialect: 'plain',
      acceptUnsigned: ['10.0.0.0/8'],
      prefix: '/x',
    };
    const carriers = carriersIn(listing(dhl, swift, snail));
    rmSync(directory, { recursive: true });
    expect(carriers.map(({ name }) => name)).toEqual(['ups', 'dhl', 'swift', 'snail']);
    expect(carriers.slice(1)).toEqual([
      {
        ...{ name: 'dhl', dialect: 'signed', baseUrl: 'https://dhl.example', prefix: '' },
        ...{ secrets: [dhl.secret], unsignedFrom: [], operator: false },
      },
      {
        ...{ name: 'swift', dialect: 'enveloped', baseUrl: 'http://swift', prefix: '/api', operator: true },
        ...{ secrets: ['first and foremost', 'second and last..'], unsignedFrom: [] },
      },
      {
        ...{ name: 'snail', dialect: 'plain', baseUrl: 'http://snail', prefix: '/x', operator: false },
        ...{ secrets: [], unsignedFrom: ['10.0.0.0/8'] },
      },
    ]);
  });

  it.each([
    ['a name twice', [{ ...dhl, name: 'ups' }], 'two are called ups'],
    ['a secret twice', [{ ...dhl, secret: secrets[0] }], 'two share a secret'],
    [
      'two that cannot be distinguished',
      ['one', 'two'].map((name) => ({ name, url: 'http://x', dialect: 'plain', acceptUnsigned: true })),
      'two of the dialect plain may send without a signature',
    ],
    ['one without a secret', [{ ...dhl, secret: undefined }], 'dhl needs a secret'],
    [
      'a secret that other libraries cannot read',
      [{ ...dhl, secret: 'whsec_no base64 at all' }],
      'goes on with base64',
    ],
    ['a secret that is too short', [{ ...dhl, secret: 'short' }], 'carrier 1 secret'],
    ['a missing secret file', [{ ...dhl, secret: undefined, secretFile: '/nowhere' }], '/nowhere, cannot be'],
    ['two secrets', [{ ...dhl, secretFile: '/nowhere' }], 'a secret or a secretFile, not both'],
    [
      'a signed one without a required signature',
      [{ ...dhl, acceptUnsigned: true }],
      'acceptUnsigned must be false',
    ],
    [
      'an invalid address for unsigned messages',
      [{ ...dhl, dialect: 'plain', acceptUnsigned: ['dhl.example'] }],
      'must be an IP address',
    ],
    [
      'an unknown field',
      [dhl, { ...dhl, secrets: 'a secret of the third' }],
      'carrier 2: has no field secrets',
    ],
    ['no URL', [{ ...dhl, url: 'dhl.example' }], 'carrier 1 url: must be an http(s) URL'],
  ])('are refused if there is %s', (_, carriers, why) => {
    const start = () => carriersIn(listing(...carriers));
    expect(start).toThrow(Fault);
    expect(start).toThrow(why);
    expect(start).not.toThrow(/a secret of the/);
  });

  it('are refused if the list is invalid, and the error does not show its content', () => {
    const start = () => carriersIn({ WAYBILL_CARRIERS: 'hunter2' });
    expect(start).toThrow('WAYBILL_CARRIERS: the JSON list');
    expect(start).not.toThrow('hunter2');
  });
});

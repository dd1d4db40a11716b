import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { carriersOf } from './carriers';

const secrets = ['a secret of the first'];
const carriersIn = (environment: Record<string, string>) =>
  carriersOf(readConfig(environment).config, secrets, undefined);
const listing = (...carriers: readonly object[]) => ({ WAYBILL_CARRIERS: JSON.stringify(carriers) });
const dhl = { name: 'dhl', url: 'https://dhl.example/', secret: 'a secret of the second' };

describe('the carriers of a configuration', () => {
  it('are the simulated one when nothing is set, and none when it is off', () => {
    expect(carriersIn({})).toEqual([
      {
        ...{ name: 'ups', dialect: 'signed', baseUrl: 'http://127.0.0.1:4010', prefix: '', secrets },
        ...{ acceptUnsigned: false, operator: false },
      },
    ]);
    expect(carriersIn({ WAYBILL_CARRIER: 'off' })).toEqual([]);
  });

  it.each([
    ['plain', '', true],
    ['enveloped', '/api', true],
    ['signed', '', false],
  ])(
    'believe without a signature a carrier that is %s, unless told otherwise',
    (dialect, prefix, believed) => {
      const environment = { WAYBILL_CARRIER: 'https://ups.example', WAYBILL_CARRIER_DIALECT: dialect };
      expect(carriersIn(environment)).toMatchObject([{ dialect, prefix, acceptUnsigned: believed }]);
      expect(carriersIn({ ...environment, WAYBILL_CARRIER_UNSIGNED: 'off' })).toMatchObject([
        { acceptUnsigned: false },
      ]);
    },
  );

  it('are further ones, each with its own dialect, secrets and permissions', () => {
    const directory = mkdtempSync(join(tmpdir(), 'waybill-carriers-'));
    const secretFile = join(directory, 'swift');
    writeFileSync(secretFile, 'first and foremost,second and last..\n');
    const swift = { name: 'swift', url: 'http://swift', dialect: 'enveloped', secretFile, operator: true };
    const snail = {
      name: 'snail',
      url: 'http://snail',
      dialect: 'plain',
      acceptUnsigned: true,
      prefix: '/x',
    };
    const carriers = carriersIn(listing(dhl, swift, snail));
    rmSync(directory, { recursive: true });
    expect(carriers.map(({ name }) => name)).toEqual(['ups', 'dhl', 'swift', 'snail']);
    expect(carriers.slice(1)).toEqual([
      {
        ...{ name: 'dhl', dialect: 'signed', baseUrl: 'https://dhl.example', prefix: '' },
        ...{ secrets: [dhl.secret], acceptUnsigned: false, operator: false },
      },
      {
        ...{ name: 'swift', dialect: 'enveloped', baseUrl: 'http://swift', prefix: '/api', operator: true },
        ...{ secrets: ['first and foremost', 'second and last..'], acceptUnsigned: false },
      },
      {
        ...{ name: 'snail', dialect: 'plain', baseUrl: 'http://snail', prefix: '/x', operator: false },
        ...{ secrets: [], acceptUnsigned: true },
      },
    ]);
  });

  it.each([
    ['two of one name', [{ ...dhl, name: 'ups' }], 'two are called ups'],
    ['two of one secret', [{ ...dhl, secret: secrets[0] }], 'two share a secret'],
    [
      'two that nothing tells apart',
      ['one', 'two'].map((name) => ({ name, url: 'http://x', dialect: 'plain', acceptUnsigned: true })),
      'two of the dialect plain are believed without a signature',
    ],
    ['one without a secret', [{ ...dhl, secret: undefined }], 'dhl needs a secret'],
    ['a secret that is too short', [{ ...dhl, secret: 'short' }], 'carrier 1 secret'],
    [
      'a secret that is nowhere',
      [{ ...dhl, secret: undefined, secretFile: '/nowhere' }],
      '/nowhere, cannot be',
    ],
    ['two secrets', [{ ...dhl, secretFile: '/nowhere' }], 'a secret or a secretFile, not both'],
    ['a signed one that need not sign', [{ ...dhl, acceptUnsigned: true }], 'acceptUnsigned must be false'],
    [
      'a word that is none',
      [dhl, { ...dhl, secrets: 'a secret of the third' }],
      'Unrecognized key: "secrets"',
    ],
    ['no URL', [{ ...dhl, url: 'dhl.example' }], 'carrier 1 url: must be an http(s) URL'],
  ])('are refused when there is %s', (_, carriers, why) => {
    const start = () => carriersIn(listing(...carriers));
    expect(start).toThrow(Fault);
    expect(start).toThrow(why);
    expect(start).not.toThrow(/a secret of the/);
  });

  it('are refused when the list is none, and what stands there is not repeated', () => {
    const start = () => carriersIn({ WAYBILL_CARRIERS: 'hunter2' });
    expect(start).toThrow('WAYBILL_CARRIERS: the JSON list');
    expect(start).not.toThrow('hunter2');
  });

  it('are refused when the simulated one should sign in a dialect in which it does not', () => {
    const environment = { WAYBILL_CARRIER_DIALECT: 'plain', WAYBILL_CARRIER_UNSIGNED: 'off' };
    expect(() => carriersIn(environment)).toThrow('does not sign in the dialect plain');
  });
});

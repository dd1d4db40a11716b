import type { Config, ListedCarrier } from '../../platform/config';
import { Fault } from '../../platform/faults';
import type { CarrierConfig } from './settings';

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const usualPrefix = (dialect: CarrierConfig['dialect']): string => (dialect === 'enveloped' ? '/api' : '');

const ofList = ({ url, prefix, ...carrier }: ListedCarrier): CarrierConfig => ({
  ...carrier,
  baseUrl: withoutSlash(url),
  prefix: prefix ?? usualPrefix(carrier.dialect),
});

/** Returns an item that occurs twice; undefined if all differ. */
const duplicateIn = <Item>(items: readonly Item[]): Item | undefined =>
  items.find((item, at) => items.indexOf(item) !== at);

/** Returns why two carriers cannot be distinguished; undefined if they can. */
const problemOf = (carriers: readonly CarrierConfig[]): string | undefined => {
  const name = duplicateIn(carriers.map((carrier) => carrier.name));
  if (name !== undefined) return `two are called ${name}; give each its own name`;
  if (duplicateIn(carriers.flatMap(({ secrets }) => [...new Set(secrets)])) !== undefined)
    return 'two share a secret, so one could send as the other; give each its own secret';
  const unsigned = carriers.filter(({ unsignedFrom }) => unsignedFrom.length > 0);
  const dialect = duplicateIn(unsigned.map((carrier) => carrier.dialect));
  return dialect === undefined
    ? undefined
    : `two of the dialect ${dialect} may send without a signature, so they cannot be distinguished; require signatures of one`;
};

type Settings = Pick<
  Config,
  | 'carrier'
  | 'carrierName'
  | 'carrierDialect'
  | 'carrierOperator'
  | 'carrierUnsigned'
  | 'carrierPort'
  | 'carriers'
  | 'host'
>;

/** Returns the carrier of `WAYBILL_CARRIER`; none when it is off. */
const mainCarrier = (
  { carrier, carrierDialect: dialect, ...config }: Settings,
  secrets: readonly string[],
  simulated: string | undefined,
): readonly CarrierConfig[] => {
  if (carrier === 'off') return [];
  const url =
    carrier === 'simulated' ? (simulated ?? `http://${config.host}:${config.carrierPort}`) : carrier;
  return [
    {
      name: config.carrierName,
      dialect,
      secrets,
      operator: config.carrierOperator,
      baseUrl: withoutSlash(url),
      prefix: usualPrefix(dialect),
      unsignedFrom: dialect === 'signed' ? [] : config.carrierUnsigned,
    },
  ];
};

/**
 * Returns the carriers of the configuration: that of `WAYBILL_CARRIER`, which is the default one, then those of
 * `WAYBILL_CARRIERS`.
 *
 * @param secrets - of the first.
 * @param simulated - the URL of the carrier simulator of this process; undefined when it runs elsewhere.
 * @throws Fault `CONFIG_INVALID` when two cannot be distinguished.
 */
export const carriersOf = (
  config: Settings,
  secrets: readonly string[],
  simulated: string | undefined,
): readonly CarrierConfig[] => {
  const carriers = [...mainCarrier(config, secrets, simulated), ...(config.carriers ?? []).map(ofList)];
  const problem = problemOf(carriers);
  if (problem !== undefined)
    throw new Fault('CONFIG_INVALID', `WAYBILL_CARRIER and WAYBILL_CARRIERS: of the carriers, ${problem}.`);
  return carriers;
};

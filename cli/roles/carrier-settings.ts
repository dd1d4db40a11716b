import type { CarrierConfig } from '../../gateways/carriers';
import type { Config, ListedCarrier } from '../../platform/config';
import { Fault } from '../../platform/faults';

const address = (url: string): string => url.replace(/\/$/, '');

const usualPrefix = (dialect: CarrierConfig['dialect']): string => (dialect === 'enveloped' ? '/api' : '');

const ofList = ({ url, prefix, ...carrier }: ListedCarrier): CarrierConfig => ({
  ...carrier,
  baseUrl: address(url),
  prefix: prefix ?? usualPrefix(carrier.dialect),
});

/** What two things have in common, or nobody could tell them apart by it; undefined where there is nothing of the kind. */
const shared = <Item>(items: readonly Item[]): Item | undefined =>
  items.find((item, at) => items.indexOf(item) !== at);

const complaintOf = (carriers: readonly CarrierConfig[]): string | undefined => {
  const name = shared(carriers.map((carrier) => carrier.name));
  if (name !== undefined) return `two are called ${name}; give each a name of its own`;
  if (shared(carriers.flatMap(({ secrets }) => [...new Set(secrets)])) !== undefined)
    return 'two share a secret, so one could speak as the other; give each a secret of its own';
  const unsigned = carriers.filter(({ unsignedFrom }) => unsignedFrom.length > 0);
  const dialect = shared(unsigned.map((carrier) => carrier.dialect));
  return dialect === undefined
    ? undefined
    : `two of the dialect ${dialect} are believed without a signature, so nothing tells them apart; let one of them sign`;
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

/** The carrier of `WAYBILL_CARRIER`. */
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
      ...{ name: config.carrierName, dialect, secrets, operator: config.carrierOperator },
      ...{ baseUrl: address(url), prefix: usualPrefix(dialect) },
      unsignedFrom: dialect === 'signed' ? [] : config.carrierUnsigned,
    },
  ];
};

/**
 * The carriers that the platform talks with: that of `WAYBILL_CARRIER`, which is the default one, then those of
 * `WAYBILL_CARRIERS`.
 *
 * @param secrets - of the first.
 * @param simulated - the URL of the carrier simulator of this process; undefined when it is not here.
 * @throws Fault `CONFIG_INVALID` where two could be taken for each other.
 */
export const carriersOf = (
  config: Settings,
  secrets: readonly string[],
  simulated: string | undefined,
): readonly CarrierConfig[] => {
  const carriers = [...mainCarrier(config, secrets, simulated), ...(config.carriers ?? []).map(ofList)];
  const complaint = complaintOf(carriers);
  if (complaint !== undefined)
    throw new Fault('CONFIG_INVALID', `WAYBILL_CARRIER and WAYBILL_CARRIERS: of the carriers, ${complaint}.`);
  return carriers;
};

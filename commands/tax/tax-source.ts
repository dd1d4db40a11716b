import { addressBook } from '../../domain/address-book';
import type { AccountId, Instant, PostalAddress } from '../../domain/kernel';
import type { TaxTerms } from '../../domain/money';
import { taxRates, taxRatesId, taxTermsAt } from '../../domain/tax-rates';
import type { UseCaseDeps } from '../use-case/use-case';

/** The port that knows how countries tax. The embedded default is the table that staff maintain. */
export type TaxSource = {
  /** Tests whether any country taxes. If not, no order is looked at. */
  readonly isEmpty: () => Promise<boolean>;
  /** @returns undefined where the country does not tax at that time. */
  readonly termsOf: (country: string, at: Instant) => Promise<TaxTerms | undefined>;
};

export type TaxDeps = UseCaseDeps & {
  readonly taxSource: TaxSource;
  /** The country of orders whose customer has no address: ISO 3166-1. They are not taxed where absent. */
  readonly taxCountry?: string | undefined;
};

/** Returns the port over the table of rates. */
export const taxTable = ({ aggregates }: Pick<UseCaseDeps, 'aggregates'>): TaxSource => {
  const table = () => aggregates.of(taxRates).load(taxRatesId);
  return {
    isEmpty: async () => Object.keys((await table()).countries).length === 0,
    termsOf: async (country, at) => taxTermsAt(await table(), country, at),
  };
};

/** Returns the way in which an order of the customer is taxed: by the country that it goes to, that of the default address, or the shop's own. */
export const taxTermsOf = async (
  { aggregates, taxSource, taxCountry }: TaxDeps,
  {
    customerId,
    shipTo,
    at,
  }: {
    readonly customerId: AccountId;
    readonly shipTo?: PostalAddress | undefined;
    readonly at: Instant;
  },
): Promise<TaxTerms | undefined> => {
  if (await taxSource.isEmpty()) return undefined;
  const { addresses, defaultId } = await aggregates.of(addressBook).load(customerId);
  const address = defaultId === undefined ? undefined : addresses[defaultId];
  const country = (shipTo ?? address)?.country ?? taxCountry;
  return country === undefined ? undefined : taxSource.termsOf(country, at);
};

import {
  accept,
  countries,
  epochMsOf,
  reject,
  unreachable,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
} from './kernel';
import { taxRateHundredthsMax, type TaxRates, type TaxTerms } from './money';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** From `from` on, orders to the country are taxed at these rates. Orders that were placed keep their tax. */
export type TaxRatesSet = Fact<
  'TaxRatesSet',
  { country: string; isIncluded: boolean; rates: TaxRates; from: Instant; setAt: Instant }
>;
/** From `from` on, orders to the country are not taxed; rates that were to begin then or later never do. */
export type TaxRatesWithdrawn = Fact<
  'TaxRatesWithdrawn',
  { country: string; from: Instant; withdrawnAt: Instant }
>;

export type TaxRatesEvent = TaxRatesSet | TaxRatesWithdrawn;

export const taxRatesEventTypes = {
  TaxRatesSet: true,
  TaxRatesWithdrawn: true,
} as const satisfies Record<TaxRatesEvent['type'], true>;

type Of = { readonly country: string; readonly from: Instant; readonly at: Instant };
type SetTaxRates = Of & {
  readonly type: 'SetTaxRates';
  readonly isIncluded: boolean;
  readonly rates: TaxRates;
};

export type TaxRatesCommand = SetTaxRates | (Of & { readonly type: 'WithdrawTaxRates' });

export type TaxRatesRejection =
  | { readonly code: 'COUNTRY_UNKNOWN'; readonly country: string }
  | {
      readonly code: 'TAX_RATE_OUT_OF_RANGE';
      readonly field: keyof TaxRates;
      readonly rateHundredths: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'TAX_RATES_IN_THE_PAST'; readonly from: Instant }
  | { readonly code: 'TAX_RATES_FULL'; readonly country: string; readonly max: number };

/** The time from which a country taxes in a way. `terms`: absent where it does not tax. */
export type TaxPeriod = { readonly from: Instant; readonly terms?: Omit<TaxTerms, 'country'> | undefined };

/** The periods of each country that have not ended, by their beginning. */
export type TaxRatesState = { readonly countries: Readonly<Record<string, readonly TaxPeriod[]>> };

/** The id of the one table, which every order has to look at. */
export const taxRatesId = 'all';

/** Periods of one country: the present one and changes that are planned. */
export const taxPeriodsMax = 10;

const isBefore = (one: Instant, other: Instant): boolean => epochMsOf(one) < epochMsOf(other);

/**
 * Returns the periods with another one, which replaces one with the same beginning, and without those that ended before
 * `at`. A withdrawal takes all later ones with it.
 */
export const withTaxPeriod = (
  periods: readonly TaxPeriod[],
  period: TaxPeriod,
  at: Instant,
): readonly TaxPeriod[] => {
  const earlier = periods.filter(({ from }) => isBefore(from, period.from));
  const later = period.terms ? periods.filter(({ from }) => isBefore(period.from, from)) : [];
  const all = [...earlier, period, ...later];
  const present = all.filter(({ from }) => !isBefore(at, from)).at(-1);
  return all.filter(({ from }) => present === undefined || !isBefore(from, present.from));
};

const periodOf = ({ data, type }: TaxRatesEvent): TaxPeriod =>
  type === 'TaxRatesSet'
    ? { from: data.from, terms: { isIncluded: data.isIncluded, rates: data.rates } }
    : { from: data.from };

const evolve = (state: TaxRatesState, event: TaxRatesEvent): TaxRatesState => {
  const { country } = event.data;
  const at = event.type === 'TaxRatesSet' ? event.data.setAt : event.data.withdrawnAt;
  const periods = withTaxPeriod(state.countries[country] ?? [], periodOf(event), at);
  return { countries: { ...state.countries, [country]: periods } };
};

/** Returns the way in which a country taxes at a time; undefined where it does not. */
export const taxTermsAt = (state: TaxRatesState, country: string, at: Instant): TaxTerms | undefined => {
  const periods = Object.hasOwn(state.countries, country) ? state.countries[country] : undefined;
  const terms = periods?.filter(({ from }) => !isBefore(at, from)).at(-1)?.terms;
  return terms && { country, ...terms };
};

const isSame = (one: Omit<TaxTerms, 'country'>, other: Omit<TaxTerms, 'country'>): boolean =>
  one.isIncluded === other.isIncluded &&
  one.rates.standard === other.rates.standard &&
  one.rates.reduced === other.rates.reduced &&
  one.rates.superReduced === other.rates.superReduced;

const refusalOfRates = (rates: TaxRates): TaxRatesRejection | undefined => {
  const [min, max] = [0, taxRateHundredthsMax];
  for (const field of ['standard', 'reduced', 'superReduced'] as const) {
    const rate = rates[field];
    if (rate !== undefined && (!Number.isInteger(rate) || rate < min || rate > max))
      return { code: 'TAX_RATE_OUT_OF_RANGE', field, rateHundredths: rate, min, max };
  }
  return undefined;
};

const decide = (
  command: TaxRatesCommand,
  state: TaxRatesState,
): Decision<TaxRatesEvent, TaxRatesRejection> => {
  const { country, from, at } = command;
  if (!countries.has(country)) return reject({ code: 'COUNTRY_UNKNOWN', country });
  const periods = state.countries[country] ?? [];
  const present = periods.filter((period) => !isBefore(from, period.from)).at(-1);
  const isPlanned = periods.some((period) => isBefore(from, period.from));
  // The table says what orders of the past were charged.
  const isTooLate = isBefore(from, at);
  switch (command.type) {
    case 'SetTaxRates': {
      const { isIncluded, rates } = command;
      if (present?.terms && isSame(present.terms, command)) return accept();
      const refusal = refusalOfRates(rates);
      if (refusal !== undefined) return reject(refusal);
      if (isTooLate) return reject({ code: 'TAX_RATES_IN_THE_PAST', from });
      const terms = { isIncluded, rates };
      if (withTaxPeriod(periods, { from, terms }, at).length > taxPeriodsMax)
        return reject({ code: 'TAX_RATES_FULL', country, max: taxPeriodsMax });
      return accept({ type: 'TaxRatesSet', data: { country, isIncluded, rates, from, setAt: at } });
    }
    case 'WithdrawTaxRates':
      if (present?.terms === undefined && !isPlanned) return accept();
      if (isTooLate) return reject({ code: 'TAX_RATES_IN_THE_PAST', from });
      return accept({ type: 'TaxRatesWithdrawn', data: { country, from, withdrawnAt: at } });
    default:
      return unreachable(command);
  }
};

/** The table of the rates at which countries tax. It is empty in the beginning: no order is taxed. */
export const taxRates: Decider<TaxRatesState, TaxRatesCommand, TaxRatesEvent, TaxRatesRejection> = {
  category: 'tax_rates',
  initial: { countries: {} },
  decide,
  evolve,
};

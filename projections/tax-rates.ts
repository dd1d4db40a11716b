import { z } from 'zod';
import type { Instant } from '../domain/kernel';
import { withTaxPeriod, type TaxPeriod as Period, type TaxRatesEvent } from '../domain/tax-rates';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant } from './fields';

const rate = (of: string) =>
  z
    .int32()
    .nullable()
    .describe(`The ${of} rate in hundredths of a per cent: 1900 is 19 %; null where there is none.`);

export const TaxPeriod = z
  .strictObject({
    from: instant.describe('The time from which it holds.'),
    isTaxed: z.boolean().describe('Whether orders to the country are taxed then.'),
    isIncluded: z.boolean().describe('Whether prices contain the tax. If not, it is added to them.'),
    standard: rate('standard'),
    reduced: rate('reduced'),
    superReduced: rate('super-reduced'),
  })
  .describe('The way in which a country taxes from a time on.');
export type TaxPeriod = DocumentOf<typeof TaxPeriod>;

export const CountryTax = z
  .strictObject({
    id: z.string().describe('The country: two letters, ISO 3166-1.'),
    periods: z
      .array(TaxPeriod)
      .describe(
        'The way in which it taxed when the rates were last changed, and the changes that were planned then.',
      ),
    changedAt: instant.describe('The time when its rates were last changed.'),
  })
  .describe('The rates at which orders to a country are taxed.');
export type CountryTax = DocumentOf<typeof CountryTax>;

const shown = ({ from, terms }: Period): TaxPeriod => ({
  from,
  isTaxed: terms !== undefined,
  isIncluded: terms?.isIncluded ?? false,
  standard: terms?.rates.standard ?? null,
  reduced: terms?.rates.reduced ?? null,
  superReduced: terms?.rates.superReduced ?? null,
});

const stored = ({ from, isTaxed, isIncluded, standard, reduced, superReduced }: TaxPeriod): Period => ({
  from,
  terms: isTaxed
    ? {
        isIncluded,
        rates: {
          standard: standard ?? 0,
          reduced: reduced ?? undefined,
          superReduced: superReduced ?? undefined,
        },
      }
    : undefined,
});

const changed = (found: CountryTax | undefined, id: string, period: Period, at: Instant): CountryTax => ({
  id,
  periods: withTaxPeriod((found?.periods ?? []).map(stored), period, at).map(shown),
  changedAt: at,
});

export const taxRates = readModel<CountryTax, TaxRatesEvent>('tax_rates', {
  question: 'At which rates are orders to each country taxed?',
  version: 1,
  document: CountryTax,
  indexes: { by_country: ['id'] },
  key: ({ data }) => data.country,
  on: {
    TaxRatesSet: (found, { data: { country, from, isIncluded, rates, setAt } }) =>
      changed(found, country, { from, terms: { isIncluded, rates } }, setAt),
    TaxRatesWithdrawn: (found, { data: { country, from, withdrawnAt } }) =>
      changed(found, country, { from }, withdrawnAt),
  },
});

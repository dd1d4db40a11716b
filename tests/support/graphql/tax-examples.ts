import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { Instant } from '../../../domain/kernel';
import type { Example } from './account-examples';
import { ids } from './edge';

const from = '2026-03-01T00:00:00.000Z' as Instant;
const rates = { country: 'DE', isIncluded: true, standard: 1_900, reduced: 700, superReduced: 0, from };

/** Examples of the mutations about tax. */
export const taxExamples: {
  readonly [
    Name in Extract<MutationName, 'setTaxRates' | 'withdrawTaxRates' | 'setTaxCategory'>
  ]: Example<Name>;
} = {
  setTaxRates: {
    input: rates,
    sends: rates,
    value: { country: 'DE' },
    // The read model does not show it yet.
    select: 'countryTax { id }',
    shows: { countryTax: null },
  },
  withdrawTaxRates: {
    ...{ input: { country: 'DE', from }, sends: { country: 'DE', from }, value: {}, select: '', shows: {} },
  },
  setTaxCategory: {
    input: { productId: ids.mug, taxCategory: 'REDUCED' },
    sends: { productId: ids.mug, taxCategory: 'REDUCED' },
    value: {},
    select: 'product { id }',
    shows: { product: { id: ids.mug } },
  },
};

type TaxCode = Extract<Rejection['code'], `TAX_${string}`>;

/** One rejection of each code about tax, with figures. */
export const taxSamples: {
  readonly [Code in TaxCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  TAX_RATE_OUT_OF_RANGE: { field: 'standard', rateHundredths: 10_001, min: 0, max: 10_000 },
  TAX_RATES_IN_THE_PAST: { from },
  TAX_RATES_FULL: { country: 'DE', max: 10 },
};

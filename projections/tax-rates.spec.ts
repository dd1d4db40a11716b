import type { Instant } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { taxRates, type CountryTax } from './tax-rates';

const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2027-01-01T00:00:00.000Z' as Instant;
const set = (from: Instant, rates: { standard: number; reduced?: number; superReduced?: number }) =>
  ({ type: 'TaxRatesSet', data: { country: 'DE', isIncluded: true, rates, from, setAt: at } }) as const;
const now = {
  ...{ from: at, isTaxed: true, isIncluded: true, standard: 1_900, reduced: 700 },
  superReduced: null,
};
const planned = {
  ...{ from: later, isTaxed: true, isIncluded: true, standard: 1_600, reduced: null },
  superReduced: 0,
};
const germany: CountryTax = { id: 'DE', periods: [now], changedAt: at };

itProjects(taxRates, [
  {
    on: set(at, { standard: 1_900, reduced: 700 }),
    because: 'has the rates of the country',
    touches: [{ id: 'DE', after: germany }],
  },
  {
    on: set(later, { standard: 1_600, superReduced: 0 }),
    because: 'has a change that is planned',
    touches: [{ id: 'DE', before: germany, after: { ...germany, periods: [now, planned] } }],
  },
  {
    on: { type: 'TaxRatesWithdrawn', data: { country: 'DE', from: later, withdrawnAt: at } },
    because: 'is withdrawn, with what was planned',
    touches: [
      {
        id: 'DE',
        before: { ...germany, periods: [now, planned] },
        after: {
          ...germany,
          periods: [
            now,
            {
              ...{ from: later, isTaxed: false, isIncluded: false, standard: null, reduced: null },
              superReduced: null,
            },
          ],
        },
      },
    ],
  },
]);

import type { TaxCategory } from '../../../domain/money';
import { CountryTax, TaxPeriod, taxRates } from '../../../projections/tax-rates';
import { ItemTax, OrderTax, TaxEntry } from '../../../projections/order-details';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The rates at which orders are taxed, by country. Empty where no country taxes."
  taxRates: [CountryTax!]
}
`,
  resolvers: {
    Query: {
      taxRates: allowed('tax:change', (_args: object, { services }) => services.readers.taxRates.list()),
    },
  },
};

const taxCategory = enumType<TaxCategory>(
  'TaxCategory',
  'A kind of goods that countries tax at a rate of its own.',
  {
    STANDARD: 'The standard rate, also for the charge of the shipping.',
    REDUCED: 'The reduced rate.',
    SUPER_REDUCED: 'The super-reduced rate.',
    ZERO: 'No tax, in any country.',
  },
);

export const taxMutations = {
  setTaxRates: {
    shows: shown(
      'countryTax',
      'CountryTax',
      ({ country }: { readonly country: string }, { loaders, viewer }) =>
        loaders.taxRates.load(country, viewer),
    ),
  },
  withdrawTaxRates: {},
} satisfies Mutations;

export const tax: Concept = combined(
  queries,
  taxCategory,
  objectType('CountryTax', CountryTax, { readModels: [taxRates], types: { periods: 'TaxPeriod' } }),
  objectType('TaxPeriod', TaxPeriod),
  objectType('OrderTax', OrderTax, { types: { entries: 'TaxEntry' } }),
  objectType('TaxEntry', TaxEntry, { types: { category: 'TaxCategory' } }),
  objectType('ItemTax', ItemTax, { types: { category: 'TaxCategory' } }),
  mutationsConcept(taxMutations),
);

import { GRAPHQL_MAX_INT } from 'graphql';
import type { WarehouseId } from '../../../domain/kernel';
import { formatMoney } from '../../../domain/money';
import type { Concept } from './resolvers';

const NUMBER = /^[1-9]\d*$/;

/** Warehouses count from 1: text that is no such number is 0, and nothing is found by it. */
export const warehouseIdOf = (id: string): WarehouseId => {
  const number = NUMBER.test(id) ? Number(id) : 0;
  return (number <= GRAPHQL_MAX_INT ? number : 0) as WarehouseId;
};

/** The types that several concepts share. */
export const values: Concept = {
  typeDefs: `
"A sum of money."
type Money {
  "In the currency's minor unit: 1300 GBP is 13.00 pounds."
  amountMinor: SafeInt!
  "The ISO 4217 code of the currency."
  currency: CurrencyCode!
  "The sum as text for people, in British English: \`£13.00\`."
  formatted: String!
}

"A point on the World's grid."
type Place {
  "From west to east."
  x: Int!
  "From south to north."
  y: Int!
}
`,
  resolvers: { Money: { formatted: formatMoney } },
};

export { formatMoney } from './format';
export { minorDigitsOf, unusualDivisors } from './minor-digits';
export { add, equals, isPositive, money, MoneyError, moneyMinorMax, subtract, times, zero } from './money';
export { split } from './split';
export { percentOf, taxCategories, taxOf, taxRateHundredthsMax } from './tax';
export type { CurrencyCode, Money } from './money';
export type { ItemTax, TaxCategory, TaxedItem, TaxEntry, TaxRates, TaxTerms } from './tax';

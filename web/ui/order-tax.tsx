import { useLanguage } from '../text';
import { graphql, type ResultOf } from '../api';
import { useTaxWords } from './tax-words';

/** The tax of an order, or of the offer of a cart. */
export const taxFields = graphql(`
  fragment TaxFields on OrderTax @_unmask {
    isIncluded
    entries {
      category
      rateHundredths
      tax {
        formatted
      }
    }
  }
`);

export type OrderTax = ResultOf<typeof taxFields>;

const HUNDREDTHS_OF_ALL = 10_000;

/** Returns a function that writes a rate as the reader's language does: 1900 is 19%. */
export const useRate = (): ((hundredths: number) => string) => {
  const format = new Intl.NumberFormat(useLanguage(), { style: 'percent', maximumFractionDigits: 2 });
  return (hundredths) => format.format(hundredths / HUNDREDTHS_OF_ALL);
};

/** The tax by rate, in words: in the prices, or on top of them. */
export function TaxLines({ of }: { readonly of: OrderTax | null | undefined }) {
  const words = useTaxWords();
  const rateOf = useRate();
  if (!of) return null;
  const said = of.isIncluded ? words.included : words.added;
  return (
    <ul className="help" aria-label={words.tax}>
      {of.entries.map(({ category, rateHundredths, tax }) => (
        <li key={category}>{said(rateOf(rateHundredths), tax.formatted)}</li>
      ))}
    </ul>
  );
}

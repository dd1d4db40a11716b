import { graphql, readFragment, type FragmentOf } from '../../api';
import { Moment } from '../../ui/moment';
import { usePriceWords } from './price-words';

export const shownPrice = graphql(`
  fragment ShownPrice on Product {
    unit
    price {
      formatted
    }
    reduction {
      until
      previousPrice {
        formatted
      }
      lowestPrice {
        formatted
      }
    }
  }
`);

/** The price of a product. A reduced one stands beside the price before, and the lowest of the 30 days before. */
export function Price({ of }: { readonly of: FragmentOf<typeof shownPrice> }) {
  const words = usePriceWords();
  const { price, unit, reduction } = readFragment(shownPrice, of);
  return (
    <>
      <span>
        {price.formatted}
        {unit !== null && <small> / {unit}</small>}
        {reduction && (
          <>
            {' '}
            <small>
              <span className="unseen">{words.before}</span> <del>{reduction.previousPrice.formatted}</del>
            </small>
          </>
        )}
      </span>
      {reduction?.until && (
        <small className="lowest">
          {words.until} <Moment at={reduction.until} />
        </small>
      )}
      {reduction && <small className="lowest">{words.lowest(reduction.lowestPrice.formatted)}</small>}
    </>
  );
}

import { graphql, readFragment, type FragmentOf } from '../api';
import { Chart } from '../ui/chart';
import { Table } from '../ui/list';
import { Moment } from '../ui/moment';
import { decimalOf } from '../ui/money';
import { usePriceWords } from './price-words';

/** The prices of an own product that its page shows, and every change of a price returns. */
export const ownPrices = graphql(`
  fragment OwnPrices on Product {
    scheduledPrices {
      id
      from
      until
      isRunning
      price {
        formatted
      }
    }
    priceHistory(first: 100) {
      edges {
        node {
          id
          since
          price {
            amountMinor
            currency
            formatted
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const STEP_SECONDS = 1;

/** The prices of a product over time, as a chart and as a table. */
export function PriceHistory({ of }: { readonly of: FragmentOf<typeof ownPrices> }) {
  const words = usePriceWords();
  const { priceHistory } = readFragment(ownPrices, of);
  const points = priceHistory?.edges.map(({ node }) => node) ?? [];
  const [first] = points;
  if (priceHistory === null || first === undefined) return null;
  const { currency } = first.price;
  // A price holds until the next one: the line has a step there, and ends now.
  const steps = points.toReversed().flatMap(({ since, price: { amountMinor } }, index, all) => {
    const at = Date.parse(since) / 1_000;
    const before = all[index - 1];
    if (before === undefined) return [{ at, amountMinor }];
    const end = Math.max(at - STEP_SECONDS, Date.parse(before.since) / 1_000);
    return [
      { at: end, amountMinor: before.price.amountMinor },
      { at, amountMinor },
    ];
  });
  const last = steps.at(-1);
  const line = last
    ? [...steps, { at: Math.max(Date.now() / 1_000, last.at), amountMinor: last.amountMinor }]
    : [];
  return (
    <section className="panel" aria-labelledby="price-history">
      <h2 id="price-history">{words.history}</h2>
      <Chart
        label={words.chart(currency)}
        at={line.map(({ at }) => at)}
        series={[
          {
            name: words.price,
            values: line.map(({ amountMinor }) => Number(decimalOf(amountMinor, currency))),
          },
        ]}
        isByDay
      />
      <Table
        caption={`${words.history}: ${words.price}`}
        rows={points}
        keyOf={({ id }) => id}
        columns={[
          { title: words.since, cell: ({ since }) => <Moment at={since} /> },
          { title: words.price, cell: ({ price }) => price.formatted, isFigure: true },
        ]}
      />
      {priceHistory.pageInfo.hasNextPage && <p>{words.onlyLast}</p>}
    </section>
  );
}

import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../api';
import { useTexts } from '../text';
import { Form, Input } from '../ui/form';
import { List, pageVariables } from '../ui/list';
import { Page } from '../ui/page';
import { Stars } from '../ui/stars';
import { Loaded } from '../ui/states';
import { ExportOwnProducts } from './export';
import { useSellerWords } from './words';

const ownProductsQuery = graphql(
  `
    query OwnProducts($first: Int, $after: String, $last: Int, $before: String, $query: String) {
      ownProducts(first: $first, after: $after, last: $last, before: $before, query: $query) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            sku
            name: fullName
            active
            price {
              formatted
            }
            availability {
              available
            }
            stock {
              isLow
            }
            rating {
              average
              count
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

/** The products of the signed-in seller, searched and paged by the address. */
export function OwnProductsPage() {
  const words = useSellerWords();
  const { state, reviews } = useTexts();
  const search = useSearch({ from: '/seller/' });
  const navigate = useNavigate({ from: '/seller/' });
  const { query } = search;
  const shown = useShown(ownProductsQuery, { ...pageVariables(search), query });
  return (
    <Page title={words.products}>
      <p>
        <Link className="button" to="/seller/products/new">
          {words.add}
        </Link>
      </p>
      <ExportOwnProducts />
      <search>
        <Form
          submit={state.search}
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { query: typed['query'] || undefined } })}
        >
          <Input key={query} name="query" type="search" label={words.search} defaultValue={query} />
        </Form>
      </search>
      <Loaded shown={shown}>
        {({ ownProducts }) =>
          ownProducts && (
            <List
              caption={words.products}
              connection={ownProducts}
              empty={query === undefined ? words.none : words.nothing}
              columns={[
                {
                  title: words.name,
                  cell: ({ id, name }) => (
                    <Link to="/seller/products/$id" params={{ id }}>
                      {name}
                    </Link>
                  ),
                },
                { title: words.sku, cell: ({ sku }) => sku },
                { title: words.price, cell: ({ price }) => price.formatted, isFigure: true },
                {
                  title: words.available,
                  cell: ({ availability: { available }, stock }) =>
                    `${available.toLocaleString()}${stock?.some(({ isLow }) => isLow) === true ? ` (${words.low})` : ''}`,
                  isFigure: true,
                },
                { title: words.state, cell: ({ active }) => (active ? words.sold : words.notSold) },
                {
                  title: words.rating,
                  cell: ({ rating: { average, count } }) =>
                    average === null ? (
                      '–'
                    ) : (
                      <>
                        <Stars of={average} /> {reviews.count(count)}
                      </>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, readFragment, useShown, type FragmentOf } from '../api';
import { useTexts } from '../text';
import { Form, Input, Select } from '../ui/form';
import { Pager, pageVariables } from '../ui/list';
import { Page } from '../ui/page';
import { Picture } from '../ui/picture';
import { Stars } from '../ui/stars';
import { Empty, Loaded } from '../ui/states';
import { productSorts } from './product-sorts';

const card = graphql(`
  fragment ProductCard on Product {
    id
    sku
    name
    category
    imageUrl
    price {
      formatted
    }
    availability {
      available
    }
    rating {
      count
      average
    }
  }
`);

const productsQuery = graphql(
  `
    query Products(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $query: String
      $category: String
      $sort: ProductSort
    ) {
      products(
        first: $first
        after: $after
        last: $last
        before: $before
        query: $query
        category: $category
        sort: $sort
      ) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            category
            ...ProductCard
          }
        }
      }
    }
  `,
  [card, pageEnds],
);

function ProductCard({ of }: { readonly of: FragmentOf<typeof card> }) {
  const product = readFragment(card, of);
  const { shop, reviews } = useTexts();
  const { available } = product.availability;
  const { average, count } = product.rating;
  return (
    <li className="card">
      <Link to="/products/$id" params={{ id: product.id }}>
        <Picture of={product} />
        <strong>{product.name}</strong>
      </Link>
      <span>{product.price.formatted}</span>
      <small>{available > 0 ? shop.inStock(available) : shop.soldOut}</small>
      {average !== null && (
        <small>
          <Stars of={average} /> {reviews.count(count)}
        </small>
      )}
    </li>
  );
}

/** The catalogue, searched, filtered, sorted and paged by its address. */
export function HomePage() {
  const { shop, state } = useTexts();
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const { query, category, sort } = search;
  const shown = useShown(productsQuery, { ...pageVariables(search), query, category, sort: sort ?? 'NAME' });
  const show = (changed: typeof search): void => {
    void navigate({ search: { query, category, sort, ...changed } });
  };
  return (
    <Page title={shop.title}>
      <search>
        <Form
          submit={state.search}
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => show({ query: typed['query'] || undefined })}
        >
          <Input key={query} name="query" type="search" label={shop.searchLabel} defaultValue={query} />
        </Form>
        <Select
          name="sort"
          label={shop.sort}
          value={sort ?? 'NAME'}
          options={productSorts.map((each) => [each, shop.sorts[each]] as const)}
          onChange={(chosen) => show({ sort: chosen })}
        />
      </search>
      {category !== undefined && (
        <p>
          {shop.category}: {category}{' '}
          <button type="button" onClick={() => show({ category: undefined })}>
            {shop.allCategories}
          </button>
        </p>
      )}
      <Loaded shown={shown}>
        {({ products }) => (
          <>
            <Categories
              of={products?.edges.map(({ node }) => node.category) ?? []}
              onPick={(each) => show({ category: each })}
            />
            {products?.edges.length === 0 && <Empty>{shop.nothing}</Empty>}
            <ul className="cards">
              {products?.edges.map(({ node }) => (
                <ProductCard key={node.id} of={node} />
              ))}
            </ul>
            {products && <Pager connection={products} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Categories({
  of,
  onPick,
}: {
  readonly of: readonly string[];
  readonly onPick: (category: string) => void;
}) {
  const { shop } = useTexts();
  const categories = [...new Set(of)].sort();
  if (categories.length < 2) return null;
  return (
    <ul className="chips" aria-label={shop.category}>
      {categories.map((category) => (
        <li key={category}>
          <button type="button" onClick={() => onPick(category)}>
            {category}
          </button>
        </li>
      ))}
    </ul>
  );
}

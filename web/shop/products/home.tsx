import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, readFragment, useShown, type FragmentOf } from '../../api';
import { useTexts } from '../../text';
import { Form, Input, Select } from '../../ui/form';
import { Pager, pageVariables } from '../../ui/list';
import { Page } from '../../ui/page';
import { Picture } from '../../ui/picture';
import { Stars } from '../../ui/stars';
import { Empty, Loaded } from '../../ui/states';
import { CategoryMenu } from './category-menu';
import { filterOf, ProductFilters, type ProductChoice } from './product-filters';
import { Price, shownPrice } from './price';
import { productSorts } from './product-sorts';

const card = graphql(
  `
    fragment ProductCard on Product {
      id
      sku
      name: fullName
      category
      thumbnailUrl
      ...ShownPrice
      availability {
        available
      }
      rating {
        count
        average
      }
    }
  `,
  [shownPrice],
);

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
      $filter: ProductFilter
    ) {
      products(
        first: $first
        after: $after
        last: $last
        before: $before
        query: $query
        category: $category
        sort: $sort
        filter: $filter
      ) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
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
      <Price of={product} />
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
  const { query, category, sort, stock, stars, currency, from, below } = search;
  const choice = { query, category, sort, stock, stars, currency, from, below };
  const shown = useShown(productsQuery, {
    ...pageVariables(search),
    query,
    category,
    sort,
    filter: filterOf(choice),
  });
  // Another choice begins at the first page.
  const show = (changed: ProductChoice): void => void navigate({ search: { ...choice, ...changed } });
  const sorts = query === undefined ? productSorts.filter((each) => each !== 'RELEVANCE') : productSorts;
  return (
    <Page title={shop.title}>
      <CategoryMenu category={category} />
      <search>
        <Form
          submit={state.search}
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => show({ query: typed['query'] || undefined, sort: undefined })}
        >
          <Input key={query} name="query" type="search" label={shop.searchLabel} defaultValue={query} />
        </Form>
        <Select
          name="sort"
          label={shop.sort}
          value={sort ?? (query === undefined ? 'NAME' : 'RELEVANCE')}
          options={sorts.map((each) => [each, shop.sorts[each]] as const)}
          onChange={(chosen) => show({ sort: chosen })}
        />
      </search>
      <ProductFilters choice={choice} onChoose={show} />
      <Loaded shown={shown}>
        {({ products }) =>
          products && (
            <>
              {products.edges.length === 0 && <Empty>{shop.nothing}</Empty>}
              <ul className="cards">
                {products.edges.map(({ node }) => (
                  <ProductCard key={node.id} of={node} />
                ))}
              </ul>
              <Pager connection={products} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown, type ResultOf } from '../../api';
import { useEvery } from '../../ui/every';
import { Facts } from '../../ui/facts';
import { Pager, Table, pageVariables } from '../../ui/list';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { StockActions } from './stock-actions';
import { WarehouseSwitch } from './warehouse-switch';

const REFRESH_MS = 2_000;

const warehouseQuery = graphql(
  `
    query StaffWarehouse(
      $id: ID!
      $first: Int
      $after: String
      $last: Int
      $before: String
      $product: String
    ) {
      node(id: $id) {
        __typename
        ... on Warehouse {
          id
          name
          x
          y
          active
          stock(first: $first, after: $after, last: $last, before: $before) {
            totalCount
            totalCountIsExact
            pageInfo {
              ...PageEnds
            }
            edges {
              node {
                onHand
                reserved
                shipped
                removed
                backordered
                onOrder
                isLow
                lowStockThreshold
                product {
                  id
                  name: fullName
                  sku
                }
              }
            }
          }
        }
      }
      products(first: 100, query: $product) {
        edges {
          node {
            id
            name
          }
        }
      }
    }
  `,
  [pageEnds],
);

type Warehouse = Extract<ResultOf<typeof warehouseQuery>['node'], { readonly __typename: 'Warehouse' }>;

function Stock({ of: stock }: { readonly of: NonNullable<Warehouse['stock']> }) {
  if (stock.edges.length === 0) return <Empty>Nothing is in stock. Replenish, or receive goods.</Empty>;
  return (
    <>
      <Table
        caption="Stock"
        rows={stock.edges.map(({ node }) => node)}
        keyOf={({ product }) => product?.id ?? ''}
        columns={[
          { title: 'Product', cell: ({ product }) => product?.name ?? '–' },
          { title: 'SKU', cell: ({ product }) => product?.sku ?? '–' },
          {
            title: 'On hand',
            cell: ({ onHand, isLow }) => `${onHand.toLocaleString()}${isLow ? ' (low)' : ''}`,
            isFigure: true,
          },
          {
            title: 'Low below',
            cell: ({ lowStockThreshold }) => lowStockThreshold?.toLocaleString() ?? '–',
            isFigure: true,
          },
          { title: 'Reserved', cell: ({ reserved }) => reserved.toLocaleString(), isFigure: true },
          { title: 'Backordered', cell: ({ backordered }) => backordered.toLocaleString(), isFigure: true },
          { title: 'On order', cell: ({ onOrder }) => onOrder.toLocaleString(), isFigure: true },
          { title: 'Shipped', cell: ({ shipped }) => shipped.toLocaleString(), isFigure: true },
          { title: 'Removed', cell: ({ removed }) => removed.toLocaleString(), isFigure: true },
        ]}
      />
      <Pager connection={stock} />
    </>
  );
}

/** A warehouse with its stock, and what staff can do with both. */
export function WarehousePage() {
  const { id } = useParams({ from: '/admin/warehouses/$id' });
  const search = useSearch({ from: '/admin/warehouses/$id' });
  const shown = useShown(warehouseQuery, { id, ...pageVariables(search), product: search.product });
  const navigate = useNavigate({ from: '/admin/warehouses/$id' });
  const of = shown.data?.node;
  const levels = of?.__typename === 'Warehouse' ? (of.stock?.edges ?? []) : [];
  // What was ordered arrives by itself.
  useEvery(REFRESH_MS, () => {
    if (levels.some(({ node }) => node.onOrder > 0)) shown.reload();
  });
  return (
    <Loaded shown={shown}>
      {({ node, products }) =>
        node?.__typename !== 'Warehouse' ? (
          <Page title="There is no such warehouse">
            <Link to="/admin/warehouses">All warehouses</Link>
          </Page>
        ) : (
          <Page title={node.name}>
            <Facts
              of={[
                ['Place', `${node.x}, ${node.y}`],
                ['State', node.active ? 'Active' : 'Inactive: new orders are not packed here'],
              ]}
            />
            <div>
              <WarehouseSwitch of={node} />
            </div>
            {node.stock && <Stock of={node.stock} />}
            <StockActions
              warehouseId={id}
              products={products?.edges.map((edge) => edge.node) ?? []}
              product={search.product}
              onFind={(product) => void navigate({ search: { ...search, product } })}
              onChange={shown.reload}
            />
          </Page>
        )
      }
    </Loaded>
  );
}

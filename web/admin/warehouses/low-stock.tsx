import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, usePermissions, useShown, type ResultOf } from '../../api';
import { Select } from '../../ui/form';
import { Pager, Table, pageVariables } from '../../ui/list';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { ChangeThreshold } from './low-stock-threshold';

const lowStockQuery = graphql(
  `
    query LowStock($first: Int, $after: String, $last: Int, $before: String, $warehouseId: ID) {
      lowStock(first: $first, after: $after, last: $last, before: $before, warehouseId: $warehouseId) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            onHand
            backordered
            onOrder
            lowStockThreshold
            warehouse {
              id
              name
            }
            product {
              id
              name: fullName
              sku
            }
          }
        }
      }
      warehouses {
        id
        name
      }
    }
  `,
  [pageEnds],
);

type Low = NonNullable<ResultOf<typeof lowStockQuery>['lowStock']>;

function LowStock({ of: low, onChange }: { readonly of: Low; readonly onChange: () => void }) {
  const mayChange = usePermissions().has('stock:change');
  if (low.edges.length === 0)
    return (
      <Empty>
        Nothing is below its threshold. <Link to="/admin/warehouses">Thresholds are set at a warehouse.</Link>
      </Empty>
    );
  return (
    <>
      <Table
        caption="Low stock"
        rows={low.edges.map(({ node }) => node)}
        keyOf={({ warehouse, product }) => `${warehouse?.id} ${product?.id}`}
        columns={[
          { title: 'Product', cell: ({ product }) => product?.name ?? '–' },
          { title: 'SKU', cell: ({ product }) => product?.sku ?? '–' },
          {
            title: 'Warehouse',
            cell: ({ warehouse }) =>
              warehouse && (
                <Link to="/admin/warehouses/$id" params={{ id: warehouse.id }}>
                  {warehouse.name}
                </Link>
              ),
          },
          { title: 'On hand', cell: ({ onHand }) => onHand.toLocaleString(), isFigure: true },
          { title: 'Backordered', cell: ({ backordered }) => backordered.toLocaleString(), isFigure: true },
          { title: 'On order', cell: ({ onOrder }) => onOrder.toLocaleString(), isFigure: true },
          {
            title: 'Threshold',
            cell: ({ warehouse, product, lowStockThreshold: threshold }) =>
              mayChange && warehouse && product ? (
                <ChangeThreshold
                  warehouseId={warehouse.id}
                  product={product}
                  threshold={threshold}
                  onChange={onChange}
                />
              ) : (
                threshold
              ),
          },
        ]}
      />
      <Pager connection={low} />
    </>
  );
}

/** The stock below its low-stock threshold, in one warehouse or in all. */
export function LowStockPage() {
  const search = useSearch({ from: '/admin/low-stock' });
  const navigate = useNavigate({ from: '/admin/low-stock' });
  const { warehouse } = search;
  const shown = useShown(lowStockQuery, { ...pageVariables(search), warehouseId: warehouse ?? null });
  return (
    <Page title="Low stock">
      <Loaded shown={shown}>
        {({ lowStock, warehouses }) => (
          <>
            <Select
              name="warehouse"
              label="Warehouse"
              value={warehouse ?? ''}
              options={[['', 'All'], ...(warehouses ?? []).map(({ id, name }) => [id, name] as const)]}
              onChange={(chosen) =>
                void navigate({ search: { warehouse: chosen === '' ? undefined : chosen } })
              }
            />
            {lowStock && <LowStock of={lowStock} onChange={shown.reload} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

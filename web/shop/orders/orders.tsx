import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../../api';
import { useTexts } from '../../text';
import { useOrderWords } from '../../text/orders';
import { Select } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { orderStatuses } from '../../ui/order-statuses';
import { ForAccount, Page } from '../../ui/page';
import { Loaded } from '../../ui/states';

const ordersQuery = graphql(
  `
    query OwnOrders($first: Int, $after: String, $last: Int, $before: String, $status: OrderStatus) {
      orders(first: $first, after: $after, last: $last, before: $before, status: $status, own: true) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            number
            status
            placedAt
            total {
              formatted
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

function OwnOrders() {
  const { orders: words } = useOrderWords();
  const { statuses, state } = useTexts();
  const search = useSearch({ from: '/orders' });
  const navigate = useNavigate({ from: '/orders' });
  const { status } = search;
  const shown = useShown(ordersQuery, { ...pageVariables(search), status });
  return (
    <Page title={words.title}>
      <search>
        <Select
          name="status"
          label={words.filter}
          value={status ?? ''}
          options={[['', words.all], ...orderStatuses.map((each) => [each, statuses[each]] as const)]}
          onChange={(chosen) => void navigate({ search: { status: chosen === '' ? undefined : chosen } })}
        />
      </search>
      <Loaded shown={shown}>
        {({ orders }) =>
          orders && (
            <List
              caption={words.title}
              connection={orders}
              empty={
                <>
                  {status === undefined ? words.none : words.noneLikeIt} <Link to="/">{state.home}</Link>
                </>
              }
              columns={[
                {
                  title: words.number,
                  cell: ({ id, number }) => (
                    <Link to="/orders/$id" params={{ id }}>
                      {number}
                    </Link>
                  ),
                },
                { title: words.placed, cell: ({ placedAt }) => <Moment at={placedAt} /> },
                { title: words.status, cell: ({ status: is }) => statuses[is] },
                { title: words.total, cell: ({ total }) => total.formatted, isFigure: true },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The orders of the signed-in account, filtered by status. */
export function OrdersPage() {
  return (
    <ForAccount>
      <OwnOrders />
    </ForAccount>
  );
}

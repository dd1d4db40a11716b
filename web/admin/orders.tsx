import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../api';
import { useTexts } from '../text';
import { Form, Input, Select } from '../ui/form';
import { List, pageVariables } from '../ui/list';
import { Moment } from '../ui/moment';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { orderStatuses } from '../ui/order-statuses';

const ordersQuery = graphql(
  `
    query StaffOrders(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $status: OrderStatus
      $search: String
    ) {
      orders(first: $first, after: $after, last: $last, before: $before, status: $status, search: $search) {
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
            reference
            total {
              formatted
            }
            customer {
              id
              name
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

/** All orders, filtered by their status, or found by what is typed. */
export function OrdersPage() {
  const { statuses } = useTexts();
  const search = useSearch({ from: '/admin/' });
  const navigate = useNavigate({ from: '/admin/' });
  const { status, find } = search;
  const shown = useShown(ordersQuery, { ...pageVariables(search), status, search: find });
  return (
    <Page title="Orders">
      <search>
        <Select
          name="status"
          label="Status"
          value={status ?? ''}
          options={[['', 'All'], ...orderStatuses.map((each) => [each, statuses[each]] as const)]}
          onChange={(chosen) => void navigate({ search: { status: chosen === '' ? undefined : chosen } })}
        />
        <Form
          submit="Search"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { find: typed['find'] || undefined } })}
        >
          <Input
            key={find}
            name="find"
            type="search"
            label="Number, e-mail, SKU, tracking number or reference"
            maxLength={200}
            defaultValue={find}
          />
        </Form>
      </search>
      <Loaded shown={shown}>
        {({ orders }) =>
          orders && (
            <List
              caption="Orders"
              connection={orders}
              empty="No order fits. Choose another status, or clear the search."
              columns={[
                {
                  title: 'Number',
                  cell: ({ id, number }) => (
                    <Link to="/admin/orders/$id" params={{ id }}>
                      {number}
                    </Link>
                  ),
                },
                { title: 'Customer', cell: ({ customer }) => customer?.name ?? '–' },
                { title: 'Placed', cell: ({ placedAt }) => <Moment at={placedAt} /> },
                { title: 'Status', cell: ({ status: is }) => statuses[is] },
                { title: 'Reference', cell: ({ reference: text }) => text ?? '–' },
                { title: 'Total', cell: ({ total }) => total.formatted, isFigure: true },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

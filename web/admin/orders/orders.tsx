import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, usePermissions, useShown, type ResultOf } from '../../api';
import { useTexts } from '../../text';
import { Form, Input, Select } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { orderStatuses } from '../../ui/order-statuses';
import { choiceColumn, useSelection, type Selection } from '../../ui/selection';
import { BulkActions, CHOSEN_MAX, type ChosenOrder } from './bulk-actions';

const ordersQuery = graphql(
  `
    query StaffOrders(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $status: OrderStatus
      $search: String
      $tag: String
      $held: Boolean
      $withTags: Boolean!
    ) {
      orders(
        first: $first
        after: $after
        last: $last
        before: $before
        status: $status
        search: $search
        tag: $tag
        held: $held
      ) {
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
            internal @include(if: $withTags) {
              tags
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

type Row = NonNullable<ResultOf<typeof ordersQuery>['orders']>['edges'][number]['node'];

/** The ways to fewer orders; one at a time stands in the address. */
function Filters({ withTags }: { readonly withTags: boolean }) {
  const { statuses } = useTexts();
  const { status, find, tag } = useSearch({ from: '/admin/' });
  const navigate = useNavigate({ from: '/admin/' });
  const mayHold = usePermissions().has('order:hold');
  return (
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
      {mayHold && (
        <p>
          <Link to="/admin" search={{ held: 'yes' }}>
            The orders that are held
          </Link>
        </p>
      )}
      {withTags && (
        <Form
          submit="Show the tagged"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { tag: typed['tag'] || undefined } })}
        >
          <Input key={tag} name="tag" label="Tag" maxLength={40} defaultValue={tag} />
        </Form>
      )}
    </search>
  );
}

const choices = (chosen: Selection<ChosenOrder>, edges: readonly { readonly node: ChosenOrder }[]) =>
  choiceColumn(
    chosen,
    edges.map(({ node: { id, number } }) => ({ id, number })),
    { title: 'Chosen', all: 'Choose all of this page', of: ({ number }) => `Choose ${number}` },
  );

/** All orders, filtered by their status or a tag, or found by what is typed. Those that are chosen are changed in one go. */
export function OrdersPage() {
  const { statuses } = useTexts();
  const search = useSearch({ from: '/admin/' });
  const { status, find, tag, held } = search;
  const permissions = usePermissions();
  const withTags = permissions.has('order:note');
  const mayChange = withTags || permissions.has('order:hold') || permissions.has('order:change');
  const chosen = useSelection<ChosenOrder>(CHOSEN_MAX);
  const shown = useShown(ordersQuery, {
    ...pageVariables(search),
    status,
    search: find,
    tag,
    held: held === 'yes' || undefined,
    withTags,
  });
  return (
    <Page title="Orders">
      <Filters withTags={withTags} />
      <BulkActions chosen={chosen} />
      <Loaded shown={shown}>
        {({ orders }) =>
          orders && (
            <List
              caption="Orders"
              connection={orders}
              empty="No order fits. Choose another status, or clear the search."
              columns={[
                ...(mayChange ? [choices(chosen, orders.edges)] : []),
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
                ...(withTags
                  ? [{ title: 'Tags', cell: ({ internal }: Row) => internal?.tags.join(', ') ?? '' }]
                  : []),
                { title: 'Total', cell: ({ total }) => total.formatted, isFigure: true },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

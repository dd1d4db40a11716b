import { Link, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, usePermissions, useShown, type ResultOf } from '../../api';
import { ActionButton } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { ForAccount, Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { CreatePromotion } from './create-promotion';

const promotionsQuery = graphql(
  `
    query Promotions($first: Int, $after: String, $last: Int, $before: String) {
      promotions(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            name
            coupon
            percent
            discountMax {
              formatted
            }
            amount {
              formatted
            }
            minimum {
              formatted
            }
            productIds
            categories
            startsAt
            endsAt
            usesMax
            usesOfCustomerMax
            uses
            standing
          }
        }
      }
    }
  `,
  [pageEnds],
);

const stopPromotion = graphql(
  `
    mutation StopPromotion($input: StopPromotionInput!) {
      stopPromotion(input: $input) {
        __typename
        ... on StopPromotionSuccess {
          consistencyToken
          promotion {
            id
            standing
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Promotion = NonNullable<ResultOf<typeof promotionsQuery>['promotions']>['edges'][number]['node'];

const standings: Readonly<Record<Promotion['standing'], string>> = {
  NOT_STARTED: 'Not started',
  ACTIVE: 'Active',
  ENDED: 'Ended',
  STOPPED: 'Stopped',
};

const discountOf = ({ percent, discountMax, amount, minimum }: Promotion): string =>
  [
    percent === null ? (amount?.formatted ?? '') : `${percent} %`,
    ...(discountMax ? [`at most ${discountMax.formatted}`] : []),
    ...(minimum ? [`from ${minimum.formatted} on`] : []),
  ].join(', ');

const usesOf = ({ uses, usesMax, usesOfCustomerMax }: Promotion): string => {
  if (usesMax === null) return 'No limit';
  const ofCustomer = usesOfCustomerMax === null ? '' : `; ${usesOfCustomerMax} for each customer`;
  return `${uses.toLocaleString()} of ${usesMax.toLocaleString()}${ofCustomer}`;
};

function Goods({ productIds, categories }: Promotion) {
  if (productIds.length + categories.length === 0) return 'All';
  return (
    <>
      {categories.length > 0 && <p>{categories.join(', ')}</p>}
      {productIds.length > 0 && (
        <details>
          <summary>{productIds.length} by ID</summary>
          <ul>
            {productIds.map((id) => (
              <li key={id}>
                <Link to="/products/$id" params={{ id }}>
                  {id}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Validity({ startsAt, endsAt }: Promotion) {
  if (startsAt === null && endsAt === null) return 'Always';
  return (
    <>
      {startsAt !== null && (
        <div>
          from <Moment at={startsAt} />
        </div>
      )}
      {endsAt !== null && (
        <div>
          until <Moment at={endsAt} />
        </div>
      )}
    </>
  );
}

function Stop({ id, name }: Promotion) {
  const action = useAction(stopPromotion);
  return (
    <details>
      <summary>Stop {name}</summary>
      <p>Orders that have used it keep their discounts. This cannot be undone.</p>
      <ActionButton
        label={`Stop ${name} for good`}
        action={action}
        onRun={() => void action.run({ promotionId: id })}
      />
    </details>
  );
}

function Promotions() {
  const search = useSearch({ from: '/admin/promotions' });
  const mayChange = usePermissions().has('promotion:change');
  const shown = useShown(promotionsQuery, pageVariables(search));
  return (
    <Page title="Promotions">
      {mayChange && <CreatePromotion />}
      <Loaded shown={shown}>
        {({ promotions }) =>
          promotions && (
            <List
              caption="Promotions, the newest first"
              connection={promotions}
              empty="There is no promotion yet."
              columns={[
                { title: 'Name', cell: ({ name }) => name },
                { title: 'Code', cell: ({ coupon }) => coupon ?? 'Automatic' },
                { title: 'Discount', cell: discountOf },
                { title: 'Goods', cell: (promotion) => <Goods {...promotion} /> },
                { title: 'Validity', cell: (promotion) => <Validity {...promotion} /> },
                { title: 'Uses', cell: usesOf },
                { title: 'State', cell: ({ standing }) => standings[standing] },
                {
                  title: 'Action',
                  cell: (promotion) =>
                    mayChange && promotion.standing !== 'STOPPED' && <Stop {...promotion} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The coupons and automatic promotions, for staff to create and stop. */
export function PromotionsPage() {
  return (
    <ForAccount permission="promotion:read">
      <Promotions />
    </ForAccount>
  );
}

import { useParams, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../../api';
import { payoutFields, PayoutStatements } from '../../payouts/statements';
import { usePayoutWords } from '../../payouts/words';
import { pageVariables } from '../../ui/list';
import { ForAccount, Page } from '../../ui/page';
import { Loaded } from '../../ui/states';

const sellerPayoutsQuery = graphql(
  `
    query SellerPayouts($sellerId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
      sellerPayouts(sellerId: $sellerId, first: $first, after: $after, last: $last, before: $before) {
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            ...PayoutStatement
          }
        }
      }
    }
  `,
  [pageEnds, payoutFields],
);

function Payouts() {
  const words = usePayoutWords();
  const { id } = useParams({ from: '/admin/payouts/$id' });
  const search = useSearch({ from: '/admin/payouts/$id' });
  const shown = useShown(sellerPayoutsQuery, { ...pageVariables(search), sellerId: id });
  return (
    <Page title={words.title}>
      <Loaded shown={shown}>
        {({ sellerPayouts }) => sellerPayouts && <PayoutStatements of={sellerPayouts} />}
      </Loaded>
    </Page>
  );
}

/** The payout statements of a merchant, for staff. */
export function PayoutsPage() {
  return (
    <ForAccount permission="payout:read">
      <Payouts />
    </ForAccount>
  );
}

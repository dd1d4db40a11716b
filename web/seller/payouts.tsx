import { useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../api';
import { payoutFields, PayoutStatements } from '../payouts/statements';
import { usePayoutWords } from '../payouts/words';
import { pageVariables } from '../ui/list';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';

const ownPayoutsQuery = graphql(
  `
    query OwnPayouts($first: Int, $after: String, $last: Int, $before: String) {
      ownPayouts(first: $first, after: $after, last: $last, before: $before) {
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

/** The payout statements of the signed-in seller. */
export function OwnPayoutsPage() {
  const words = usePayoutWords();
  const shown = useShown(ownPayoutsQuery, pageVariables(useSearch({ from: '/seller/payouts' })));
  return (
    <Page title={words.title}>
      <Loaded shown={shown}>{({ ownPayouts }) => ownPayouts && <PayoutStatements of={ownPayouts} />}</Loaded>
    </Page>
  );
}

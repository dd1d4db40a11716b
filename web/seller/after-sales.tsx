import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { RequestList, StatusFilter } from '../after-sales/request-list';
import { requestRow } from '../after-sales/request-fields';
import { useDecisionWords } from '../after-sales/words';
import { graphql, pageEnds, useShown } from '../api';
import { pageVariables } from '../ui/list';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';

const requestsQuery = graphql(
  `
    query SellerAfterSales(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $status: AfterSalesStatus
    ) {
      sellerAfterSalesRequests(first: $first, after: $after, last: $last, before: $before, status: $status) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            ...AfterSalesRow
          }
        }
      }
    }
  `,
  [pageEnds, requestRow],
);

/** The requests about goods of the signed-in seller, filtered by their status. */
export function SellerAfterSalesPage() {
  const words = useDecisionWords();
  const search = useSearch({ from: '/seller/after-sales' });
  const navigate = useNavigate({ from: '/seller/after-sales' });
  const { status } = search;
  const shown = useShown(requestsQuery, { ...pageVariables(search), status });
  return (
    <Page title={words.title}>
      <StatusFilter status={status} onChange={(chosen) => void navigate({ search: { status: chosen } })} />
      <Loaded shown={shown}>
        {({ sellerAfterSalesRequests }) =>
          sellerAfterSalesRequests && (
            <RequestList
              connection={sellerAfterSalesRequests}
              linkTo={(id, text) => (
                <Link to="/seller/after-sales/$id" params={{ id }}>
                  {text}
                </Link>
              )}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

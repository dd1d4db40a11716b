import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { RequestList, StatusFilter } from '../../after-sales/request-list';
import { requestRow } from '../../after-sales/request-fields';
import { useDecisionWords } from '../../after-sales/words';
import { graphql, pageEnds, useShown } from '../../api';
import { pageVariables } from '../../ui/list';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';

const requestsQuery = graphql(
  `
    query StaffAfterSales(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $status: AfterSalesStatus
    ) {
      afterSalesRequests(first: $first, after: $after, last: $last, before: $before, status: $status) {
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

/** The after-sales requests of all customers, filtered by their status. */
export function AfterSalesPage() {
  const words = useDecisionWords();
  const search = useSearch({ from: '/admin/after-sales' });
  const navigate = useNavigate({ from: '/admin/after-sales' });
  const { status } = search;
  const shown = useShown(requestsQuery, { ...pageVariables(search), status });
  return (
    <Page title={words.title}>
      <StatusFilter status={status} onChange={(chosen) => void navigate({ search: { status: chosen } })} />
      <Loaded shown={shown}>
        {({ afterSalesRequests }) =>
          afterSalesRequests && (
            <RequestList
              connection={afterSalesRequests}
              linkTo={(id, text) => (
                <Link to="/admin/after-sales/$id" params={{ id }}>
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

import type { ReactNode } from 'react';
import { useShown, type ResultOf } from '../api';
import { List, pageVariables, type PageSearch } from '../ui/list';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { AddEndpoint } from './add-endpoint';
import { webhookEndpoints } from './documents';
import { EndpointActions } from './endpoint-actions';
import { EndpointState } from './endpoint-state';
import { useWebhookWords } from './words';

type Endpoint = NonNullable<ResultOf<typeof webhookEndpoints>['webhookEndpoints']>['edges'][number]['node'];

/**
 * The webhook endpoints that the signed-in account may see, and a form that adds one.
 *
 * @param mayChange - whether it shows what changes endpoints. @param linkTo - a link to the log of an endpoint.
 */
export function Endpoints({
  isOfPlatform,
  mayChange,
  search,
  linkTo,
}: {
  readonly isOfPlatform: boolean;
  readonly mayChange: boolean;
  readonly search: PageSearch;
  readonly linkTo: (endpoint: Endpoint) => ReactNode;
}) {
  const words = useWebhookWords();
  const shown = useShown(webhookEndpoints, pageVariables(search));
  const owner = {
    title: words.owner,
    cell: (one: Endpoint) => (one.isOfPlatform ? words.shop : one.ownerId),
  };
  return (
    <Page title={words.title}>
      <p>{words.about}</p>
      <Loaded shown={shown}>
        {({ webhookEndpoints: found, webhookEventTypes }) =>
          found && (
            <>
              {mayChange && (
                <AddEndpoint
                  ownerId={isOfPlatform ? 'platform' : undefined}
                  types={(webhookEventTypes ?? [])
                    .filter(({ isForMerchants }) => isOfPlatform || isForMerchants)
                    .map(({ name }) => name)}
                  onAdded={shown.reload}
                />
              )}
              <List
                caption={words.title}
                connection={found}
                empty={words.none}
                columns={[
                  {
                    title: words.url,
                    cell: (one) => (
                      <>
                        {linkTo(one)}
                        {one.description && <p className="help">{one.description}</p>}
                      </>
                    ),
                  },
                  ...(isOfPlatform ? [owner] : []),
                  { title: words.types, cell: ({ types }) => types.join(', ') },
                  { title: words.state, cell: (one) => <EndpointState of={one} /> },
                  {
                    title: words.action,
                    cell: (one) => mayChange && <EndpointActions of={one} onRemoved={shown.reload} />,
                  },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

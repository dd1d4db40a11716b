import { useState, type ReactNode } from 'react';
import { useAction, useShown, type ResultOf } from '../api';
import { ActionButton, Select } from '../ui/form';
import { Facts } from '../ui/facts';
import { List, pageVariables, type PageSearch } from '../ui/list';
import { Moment } from '../ui/moment';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { redeliverWebhook, webhookLog } from './documents';
import { EndpointState } from './endpoint-state';
import { useWebhookWords } from './words';
import { deliveryStatuses, type DeliveryStatus } from './statuses';

type Endpoint = NonNullable<ResultOf<typeof webhookLog>['webhookEndpoint']>;
type Delivery = NonNullable<Endpoint['deliveries']>['edges'][number]['node'];

function Attempts({ of: { attempts, status, dueAt } }: { readonly of: Delivery }) {
  const words = useWebhookWords();
  return (
    <ul>
      {attempts.map(({ at, durationMs, httpStatus, detail }) => (
        <li key={at}>
          <Moment at={at} />: {httpStatus ?? words.noAnswer}, {durationMs} ms {detail}
        </li>
      ))}
      {status === 'waiting' && (
        <li>
          {words.next} <Moment at={dueAt} />
        </li>
      )}
    </ul>
  );
}

function Again({ of, endpoint }: { readonly of: Delivery; readonly endpoint: Endpoint }) {
  const words = useWebhookWords();
  const action = useAction(redeliverWebhook);
  const [isSent, setIsSent] = useState(false);
  const { ownerId, id: endpointId } = endpoint;
  const send = async (): Promise<void> =>
    setIsSent((await action.run({ ownerId, endpointId, deliveryId: of.id })) !== undefined);
  return (
    <>
      <ActionButton label={words.again} action={action} onRun={() => void send()} />
      <p role="status">{isSent && words.sentAgain}</p>
    </>
  );
}

/** One endpoint with the log of its deliveries, each of which can be sent again. */
export function WebhookLog({
  id,
  search: { status, ...page },
  mayChange,
  onStatus,
  back,
}: {
  readonly id: string;
  readonly search: PageSearch & { readonly status?: DeliveryStatus | undefined };
  readonly mayChange: boolean;
  readonly onStatus: (status: DeliveryStatus | undefined) => void;
  readonly back: ReactNode;
}) {
  const words = useWebhookWords();
  const shown = useShown(webhookLog, { id, ...pageVariables(page), status: status ?? null });
  return (
    <Page title={words.log}>
      <p>{back}</p>
      <Loaded shown={shown}>
        {({ webhookEndpoint: endpoint }) =>
          endpoint === null ? (
            <p>{words.gone}</p>
          ) : (
            <>
              <Facts
                of={[
                  [words.url, endpoint.url],
                  [words.types, endpoint.types.join(', ')],
                  [words.state, <EndpointState key="state" of={endpoint} />],
                ]}
              />
              <Select<DeliveryStatus | 'every'>
                name="status"
                label={words.state}
                options={[
                  ['every', words.every],
                  ...deliveryStatuses.map((one) => [one, words.statuses[one]] as const),
                ]}
                value={status ?? 'every'}
                onChange={(chosen) => onStatus(chosen === 'every' ? undefined : chosen)}
              />
              {endpoint.deliveries && (
                <List
                  caption={words.log}
                  connection={endpoint.deliveries}
                  empty={words.noDeliveries}
                  columns={[
                    { title: words.when, cell: ({ queuedAt }) => <Moment at={queuedAt} /> },
                    { title: words.event, cell: ({ type }) => type },
                    { title: words.state, cell: (one) => words.statuses[one.status] },
                    { title: words.attempts, cell: (one) => <Attempts of={one} /> },
                    {
                      title: words.action,
                      cell: (one) => mayChange && <Again of={one} endpoint={endpoint} />,
                    },
                  ]}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

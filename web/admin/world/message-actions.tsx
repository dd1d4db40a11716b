import { graphql, rejection, useAction } from '../../api';
import { ActionButton } from '../../ui/form';
import type { exchangeStates } from './exchange-states';

const retryMessage = graphql(
  `
    mutation RetryCarrierMessage($input: RetryCarrierMessageInput!) {
      retryCarrierMessage(input: $input) {
        __typename
        ... on RetryCarrierMessageSuccess {
          consistencyToken
          messageId
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const markHandled = graphql(
  `
    mutation MarkCarrierMessageHandled($input: MarkCarrierMessageHandledInput!) {
      markCarrierMessageHandled(input: $input) {
        __typename
        ... on MarkCarrierMessageHandledSuccess {
          consistencyToken
          messageId
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type State = keyof typeof exchangeStates;

/** The words for a retry of a message, by its way and state; absent where there is nothing to retry. */
const retries: Readonly<Record<'SENT' | 'RECEIVED', Partial<Record<State, string>>>> = {
  SENT: { QUEUED: 'Send now', ALARMED: 'Send again', HANDLED: 'Send after all' },
  RECEIVED: { PARKED: 'Apply again', HANDLED: 'Apply after all' },
};

/** Sends or applies a message of a carrier again, or marks it as handled, where its state allows it. */
export function MessageActions({
  message: { id: messageId, link, way, state },
  onDone,
}: {
  readonly message: {
    readonly id: string;
    readonly link: string;
    readonly way: 'SENT' | 'RECEIVED';
    readonly state: State;
  };
  readonly onDone: () => void;
}) {
  const retry = useAction(retryMessage);
  const handled = useAction(markHandled);
  // Commands to the World are sent again every second until it answers.
  const label = link.startsWith('carrier:') ? retries[way][state] : undefined;
  if (label === undefined) return null;
  const run = async (action: typeof retry | typeof handled): Promise<void> => {
    if (await action.run({ messageId })) onDone();
  };
  return (
    <>
      <ActionButton label={label} action={retry} onRun={() => void run(retry)} />
      {(state === 'PARKED' || state === 'ALARMED') && (
        <ActionButton label="Mark as handled" action={handled} onRun={() => void run(handled)} />
      )}
    </>
  );
}

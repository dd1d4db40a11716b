import { useEffect, useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { useOrderWords } from '../../text/orders';
import { ActionButton } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { orderFields, type Order } from '../orders/order-fields';

const checkPayment = graphql(
  `
    mutation CheckPayment($input: CheckPaymentInput!) {
      checkPayment(input: $input) {
        __typename
        ... on CheckPaymentSuccess {
          consistencyToken
          order {
            ...OrderFields
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

const cancelPayment = graphql(
  `
    mutation CancelPayment($input: CancelPaymentInput!) {
      cancelPayment(input: $input) {
        __typename
        ... on CancelPaymentSuccess {
          consistencyToken
          order {
            ...OrderFields
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

type PayerAction = { readonly kind: string; readonly url: string | null };

/** Leaves the shop for the page of the payment provider, where the payer must act there. */
export const openPayment = (action: PayerAction | null | undefined): void => {
  if (action?.kind === 'REDIRECT' && action.url !== null && /^(https?:\/\/|\/(?!\/))/.test(action.url))
    window.location.assign(action.url);
};

/** A payment that its payer must confirm, or on which the provider decides later. */
export function ConfirmPayment({
  order: { id: orderId, payBy, payerAction, isPaymentPending },
}: {
  readonly order: Order;
}) {
  const { order: words } = useOrderWords();
  const { confirm } = words;
  const check = useAction(checkPayment);
  const end = useAction(cancelPayment);
  const { run } = check;
  const [isAsked, setAsked] = useState(false);
  // The payer comes back, perhaps by the button of the browser. That says nothing, so the provider is asked.
  useEffect(() => {
    const ask = (): void => void run({ orderId });
    const onShow = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) ask();
    };
    ask();
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [orderId, run]);
  const askAgain = async (): Promise<void> => {
    if (await run({ orderId })) setAsked(true);
  };
  if (payerAction === null)
    return isPaymentPending ? (
      <p className="panel" role="status">
        {confirm.pending}
      </p>
    ) : null;
  return (
    <section className="panel" aria-labelledby="confirm">
      <h2 id="confirm">{confirm.title}</h2>
      <p>{payerAction.kind === 'APP' ? confirm.app : confirm.redirect}</p>
      {payerAction.kind === 'APP' && (
        <p>
          <code>{payerAction.payload}</code>
        </p>
      )}
      <p>
        {words.payBy} <Moment at={payBy} />
      </p>
      {payerAction.kind === 'REDIRECT' && (
        <button type="button" onClick={() => openPayment(payerAction)}>
          {confirm.go}
        </button>
      )}
      <ActionButton label={confirm.check} action={check} onRun={() => void askAgain()} />
      {isAsked && <p role="status">{confirm.notYet}</p>}
      <ActionButton label={confirm.end} action={end} onRun={() => void end.run({ orderId })} />
    </section>
  );
}

import { useState } from 'react';
import { CancelGoods } from '../../cancel-goods/cancel-goods';
import { graphql, rejection, useAction } from '../../api';
import { useHeldWords } from '../../held-money/words';
import { ActionButton, Form, Input, type Typed } from '../../ui/form';
import { decimalOf, minorOf } from '../../ui/money';
import { isPossible, NotPossible } from '../../ui/next-actions';
import { ChangeDestination } from './change-destination';
import { orderFields, type StaffOrder } from './order-fields';

export const cancelOrder = graphql(
  `
    mutation StaffCancelOrder($input: CancelOrderInput!) {
      cancelOrder(input: $input) {
        __typename
        ... on CancelOrderSuccess {
          consistencyToken
          order {
            ...StaffOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

const refundOrder = graphql(
  `
    mutation RefundOrder($input: RefundOrderInput!) {
      refundOrder(input: $input) {
        __typename
        ... on RefundOrderSuccess {
          consistencyToken
          order {
            ...StaffOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

const retryCapture = graphql(
  `
    mutation RetryCapture($input: RetryCaptureInput!) {
      retryCapture(input: $input) {
        __typename
        ... on RetryCaptureSuccess {
          consistencyToken
          order {
            ...StaffOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

const cancelGoods = graphql(
  `
    mutation StaffCancelGoods($input: CancelGoodsInput!) {
      cancelGoods(input: $input) {
        __typename
        ... on CancelGoodsSuccess {
          consistencyToken
          order {
            ...StaffOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

type Props = { readonly order: StaffOrder };

function Cancel({ order }: Props) {
  const action = useAction(cancelOrder);
  return (
    <details className="panel">
      <summary>Cancel</summary>
      <p>The shipments are stopped, and what was paid is refunded. This cannot be undone.</p>
      <ActionButton
        label="Cancel the order"
        action={action}
        onRun={() => void action.run({ orderId: order.id })}
      />
    </details>
  );
}

/** The capture that the provider refused, with its reason. */
function Retry({ order }: Props) {
  const words = useHeldWords();
  const action = useAction(retryCapture);
  return (
    <div className="panel">
      <p className="problem">
        {words.refused}: {order.captureRefusal}
      </p>
      <p>{words.retryAbout}</p>
      <ActionButton
        label={words.retry}
        action={action}
        onRun={() => void action.run({ orderId: order.id })}
      />
    </div>
  );
}

function CancelSome({ order }: Props) {
  const action = useAction(cancelGoods);
  return <CancelGoods of={order} action={action} />;
}

const returnedOf = (order: StaffOrder, typed: Typed) =>
  order.lines.flatMap(({ productId }) => {
    const quantity = Number(typed[`line ${productId}`]);
    return quantity > 0 ? [{ productId, quantity }] : [];
  });

function Refund({ order }: Props) {
  const action = useAction(refundOrder);
  const [isTypedWrong, setTypedWrong] = useState(false);
  const { currency } = order.paid;
  const left = order.paid.amountMinor - order.refunded.amountMinor;
  const problem = isTypedWrong
    ? { code: 'AMOUNT', message: `Type an amount such as ${decimalOf(left, currency)}.`, field: 'amount' }
    : action.problem;
  const refund = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    const amountMinor = minorOf(typed['amount'] ?? '', currency);
    setTypedWrong(amountMinor === undefined);
    if (amountMinor === undefined) return;
    const returned = returnedOf(order, typed);
    const input = {
      orderId: order.id,
      amount: { amountMinor, currency },
      lines: returned.length === 0 ? null : returned,
      reason: typed['reason'] ?? '',
    };
    if (await action.run(input)) form.reset();
  };
  return (
    <details className="panel">
      <summary>Refund</summary>
      <Form
        submit="Refund"
        isRunning={action.isRunning}
        problem={problem}
        fields={['amount', 'reason']}
        onSubmit={(typed, form) => void refund(typed, form)}
      >
        <Input
          key={left}
          name="amount"
          label={`Amount in ${currency}`}
          help={`At most ${decimalOf(left, currency)}`}
          inputMode="decimal"
          defaultValue={decimalOf(left, currency)}
          required
          problem={problem}
        />
        {order.lines.map(({ productId, name, quantity }) => (
          <Input
            key={productId}
            name={`line ${productId}`}
            label={`Pieces of ${name} that come back`}
            type="number"
            min={0}
            max={quantity}
            defaultValue={0}
          />
        ))}
        <Input name="reason" label="Reason" required problem={problem} />
      </Form>
    </details>
  );
}

const names = {
  cancelOrder: 'Cancel',
  cancelGoods: 'Cancel some of the goods',
  refundOrder: 'Refund',
  changeDestination: 'Change the destination',
  holdOrder: 'Hold',
  retryShipment: 'Retry the shipment',
  moveShipment: 'Send from another warehouse',
  requestShipmentStatus: 'Request the status',
} as const;

/** The actions of staff that are possible now, and the reasons why others are not; the server decides again. */
export function OrderActions({
  order,
  countries,
  onRefused,
}: Props & {
  readonly countries: readonly string[];
  /** Shows the order as it is now. */
  readonly onRefused: () => void;
}) {
  const { nextActions } = order;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">Actions</h2>
      {isPossible(nextActions, 'retryCapture') && <Retry order={order} />}
      {isPossible(nextActions, 'cancelOrder') && <Cancel order={order} />}
      {isPossible(nextActions, 'cancelGoods') && <CancelSome order={order} />}
      {isPossible(nextActions, 'refundOrder') && <Refund order={order} />}
      {isPossible(nextActions, 'changeDestination') && (
        <ChangeDestination order={order} countries={countries} onRefused={onRefused} />
      )}
      <NotPossible actions={nextActions} title="Not possible now" names={names} />
    </section>
  );
}

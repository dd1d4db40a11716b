import { CancelGoods } from '../../cancel-goods/cancel-goods';
import { useCancelWords } from '../../cancel-goods/words';
import { graphql, rejection, useAction } from '../../api';
import { useDeliveryWords } from '../../text/delivery';
import { useOrderWords } from '../../text/orders';
import { NowSays, useSeen } from '../../ui/changed';
import { ActionButton, Form, Select, type Typed } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { isPossible, isRefusedFor, NotPossible } from '../../ui/next-actions';
import { addressInputNames } from '../../ui/address-inputs';
import { deliverySeen, PostalAddress } from '../../ui/postal-address';
import { DeliveryInputs, isChosen, isOnMap, wishOf, type ChosenDelivery } from '../checkout/delivery-choice';
import { orderFields, type Order } from './order-fields';
import { ConfirmPayment, openPayment } from '../checkout/payer-action';
import { paymentMethods } from '../checkout/payment-methods';

const payOrder = graphql(
  `
    mutation PayOrder($input: PayOrderInput!) {
      payOrder(input: $input) {
        __typename
        ... on PayOrderSuccess {
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

const cancelOrder = graphql(
  `
    mutation CancelOrder($input: CancelOrderInput!) {
      cancelOrder(input: $input) {
        __typename
        ... on CancelOrderSuccess {
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

const cancelGoods = graphql(
  `
    mutation CancelGoods($input: CancelGoodsInput!) {
      cancelGoods(input: $input) {
        __typename
        ... on CancelGoodsSuccess {
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

const changeDestination = graphql(
  `
    mutation ChangeDestination($input: ChangeDestinationInput!) {
      changeDestination(input: $input) {
        __typename
        ... on ChangeDestinationSuccess {
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

const confirmReceipt = graphql(
  `
    mutation ConfirmReceipt($input: ConfirmReceiptInput!) {
      confirmReceipt(input: $input) {
        __typename
        ... on ConfirmReceiptSuccess {
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

function Pay({ order }: { readonly order: Order }) {
  const { order: words, checkout } = useOrderWords();
  const action = useAction(payOrder);
  const pay = async (paymentMethod = ''): Promise<void> => {
    const paid = await action.run({ orderId: order.id, paymentMethod });
    openPayment(paid?.order?.payerAction);
  };
  const isPending = isRefusedFor(order.nextActions, 'payOrder', 'ORDER_PAYMENT_PENDING');
  if (order.payerAction || order.isPaymentPending) return <ConfirmPayment order={order} />;
  if (!isPending && !isPossible(order.nextActions, 'payOrder')) return null;
  return (
    <div className="panel">
      <p>
        {words.payBy} <Moment at={order.payBy} />
      </p>
      <Form
        submit={words.pay}
        // It stays while a payment is pending: the refusal that may follow is shown here.
        isRunning={action.isRunning || isPending}
        problem={action.problem}
        onSubmit={({ paymentMethod }) => void pay(paymentMethod)}
      >
        <Select
          name="paymentMethod"
          label={words.payWith}
          options={paymentMethods.map((each) => [each, checkout.methods[each]] as const)}
        />
      </Form>
    </div>
  );
}

/** Asks once more, because a cancelled order does not come back. */
function Cancel({ order }: { readonly order: Order }) {
  const { order: words } = useOrderWords();
  const action = useAction(cancelOrder);
  return (
    <details className="panel">
      <summary>{words.cancel}</summary>
      <ActionButton
        label={words.cancelSure}
        action={action}
        onRun={() => void action.run({ orderId: order.id })}
      />
    </details>
  );
}

function CancelSome({ order }: { readonly order: Order }) {
  const action = useAction(cancelGoods);
  return <CancelGoods of={order} action={action} />;
}

function Receive({ order }: { readonly order: Order }) {
  const { order: words } = useOrderWords();
  const action = useAction(confirmReceipt);
  return (
    <ActionButton
      label={words.received}
      action={action}
      onRun={() => void action.run({ orderId: order.id })}
    />
  );
}

/** The choice of a new destination: an address, or a place on the order's map. */
export function ChangeDestination({
  order,
  delivery,
  onDone,
  onRefused,
}: {
  readonly order: Order;
  readonly delivery: ChosenDelivery;
  readonly onDone: () => void;
  /** Shows the order as it is now. */
  readonly onRefused: () => void;
}) {
  const { order: words, checkout } = useOrderWords();
  const { delivery: deliveryWords } = useDeliveryWords();
  const action = useAction(changeDestination);
  const { seen, end } = useSeen(deliverySeen(order), true);
  const { isRunning, problem } = action;
  const change = async (typed: Typed): Promise<void> => {
    const wish = wishOf(delivery, typed);
    if (!isChosen(wish)) return;
    const done = await action.run({ orderId: order.id, ...wish, expected: seen });
    end();
    if (done) onDone();
    else onRefused();
  };
  return (
    <div className="panel">
      {isOnMap(delivery) && <p className="help">{checkout.mapHelp}</p>}
      <Form
        submit={words.moveHere}
        isRunning={isRunning}
        problem={problem}
        fields={['x', 'y', ...addressInputNames]}
        onSubmit={(typed) => void change(typed)}
      >
        <DeliveryInputs of={delivery} problem={problem} />
      </Form>
      <NowSays
        problem={problem}
        of={[
          [deliveryWords.onMap, `${order.destination.x}, ${order.destination.y}`],
          [deliveryWords.shipTo, order.shipTo && <PostalAddress key="to" of={order.shipTo} />],
        ]}
      />
    </div>
  );
}

/** The actions that are possible for the customer now, and the reasons why others are not. The server decides again. */
export function OrderActions({ order }: { readonly order: Order }) {
  const { order: words } = useOrderWords();
  const cancelWords = useCancelWords();
  const { nextActions } = order;
  return (
    <>
      <Pay order={order} />
      {isPossible(nextActions, 'cancelOrder') && <Cancel order={order} />}
      {isPossible(nextActions, 'cancelGoods') && <CancelSome order={order} />}
      {isPossible(nextActions, 'confirmReceipt') && <Receive order={order} />}
      <NotPossible
        actions={nextActions}
        title={words.notPossible}
        names={{
          payOrder: words.pay,
          cancelOrder: words.cancel,
          cancelGoods: cancelWords.title,
          changeDestination: words.move,
          confirmReceipt: words.received,
        }}
      />
    </>
  );
}

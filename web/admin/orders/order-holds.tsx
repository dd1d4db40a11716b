import { graphql, rejection, useAction, usePermissions, useShown, type ResultOf } from '../../api';
import { useTexts } from '../../text';
import { ActionButton, Form, Input, Select } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { isPossible, nextActionFields } from '../../ui/next-actions';
import { Empty, Loaded } from '../../ui/states';

const heldFields = graphql(
  `
    fragment HeldOrder on Order @_unmask {
      id
      payBy
      holds {
        reason
        comment
        tooLateFor
        heldAt
        holder {
          id
          name
        }
      }
      nextActions {
        ...NextActionFields
      }
    }
  `,
  [nextActionFields],
);

type Held = ResultOf<typeof heldFields>;
export type Hold = NonNullable<Held['holds']>[number];

const heldQuery = graphql(
  `
    query OrderHolds($id: ID!) {
      order(id: $id) {
        ...HeldOrder
      }
    }
  `,
  [heldFields],
);

export const holdOrder = graphql(
  `
    mutation HoldOrder($input: HoldOrderInput!) {
      holdOrder(input: $input) {
        __typename
        ... on HoldOrderSuccess {
          consistencyToken
          order {
            ...HeldOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [heldFields, rejection],
);

export const releaseOrder = graphql(
  `
    mutation ReleaseOrder($input: ReleaseOrderInput!) {
      releaseOrder(input: $input) {
        __typename
        ... on ReleaseOrderSuccess {
          consistencyToken
          order {
            ...HeldOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [heldFields, rejection],
);

function HoldLine({ orderId, hold }: { readonly orderId: string; readonly hold: Hold }) {
  const { holdReasons } = useTexts();
  const action = useAction(releaseOrder);
  const { reason, comment, tooLateFor, heldAt, holder } = hold;
  return (
    <li>
      <Moment at={heldAt} /> {holder?.name ?? '–'}: {holdReasons[reason]}
      {comment !== null && `, ${comment}`}
      {tooLateFor.length > 0 && ` (too late for ${tooLateFor.length} of its shipments)`}{' '}
      <ActionButton
        label={`Release (${holdReasons[reason]})`}
        action={action}
        onRun={() => void action.run({ orderId, reason })}
      />
    </li>
  );
}

function NewHold({ orderId }: { readonly orderId: string }) {
  const { holdReasons } = useTexts();
  const { run, isRunning, problem } = useAction(holdOrder);
  return (
    <details className="panel">
      <summary>Hold the order</summary>
      <p>It is not packed or loaded, and does not expire, until it is released.</p>
      <Form
        submit="Hold"
        isRunning={isRunning}
        problem={problem}
        fields={['comment']}
        onSubmit={(typed) =>
          void run({
            orderId,
            reason: (typed['reason'] ?? 'OTHER') as Hold['reason'],
            comment: typed['comment'] || null,
          })
        }
      >
        <Select
          name="reason"
          label="Reason of the hold"
          options={(Object.keys(holdReasons) as Hold['reason'][]).map(
            (each) => [each, holdReasons[each]] as const,
          )}
        />
        <Input name="comment" label="Comment" maxLength={500} problem={problem} />
      </Form>
    </details>
  );
}

function Holds({ orderId }: { readonly orderId: string }) {
  const shown = useShown(heldQuery, { id: orderId });
  return (
    <Loaded shown={shown}>
      {({ order }) =>
        order && (
          <section aria-labelledby="holds">
            <h2 id="holds">Holds</h2>
            {order.holds?.length === 0 && <Empty>The order is not held.</Empty>}
            <ul>
              {(order.holds ?? []).map((hold) => (
                <HoldLine key={hold.reason} orderId={orderId} hold={hold} />
              ))}
            </ul>
            {isPossible(order.nextActions, 'holdOrder') && <NewHold orderId={orderId} />}
          </section>
        )
      }
    </Loaded>
  );
}

/** The holds of an order, for viewers who may see them. */
export function OrderHolds({ orderId }: { readonly orderId: string }) {
  return usePermissions().has('order:hold') ? <Holds orderId={orderId} /> : null;
}

import { useState } from 'react';
import { graphql, rejection, useAction, useShown, type ResultOf } from '../../api';
import { PictureInputs, type Chosen } from '../../pictures/picture-inputs';
import { Photos } from '../../pictures/photos';
import { useTexts } from '../../text';
import { useAfterSalesWords } from '../../text/after-sales';
import { ActionButton, Form, Input, Select, type Typed } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { Loaded } from '../../ui/states';
import type { Order } from './order-fields';

const requestsQuery = graphql(`
  query AfterSales($id: ID!) {
    order(id: $id) {
      id
      afterSalesRequests {
        id
        number
        kind
        status
        dueAt
        remark
        returnTo
        refunded {
          formatted
        }
        photos {
          id
          url
          thumbnailUrl
        }
        lines {
          productId
          name
          quantity
        }
      }
    }
  }
`);

const requestAfterSales = graphql(
  `
    mutation RequestAfterSales($input: RequestAfterSalesInput!) {
      requestAfterSales(input: $input) {
        __typename
        ... on RequestAfterSalesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const withdrawAfterSales = graphql(
  `
    mutation WithdrawAfterSales($input: WithdrawAfterSalesInput!) {
      withdrawAfterSales(input: $input) {
        __typename
        ... on WithdrawAfterSalesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const sendParcel = graphql(
  `
    mutation SendAfterSalesParcel($input: SendAfterSalesParcelInput!) {
      sendAfterSalesParcel(input: $input) {
        __typename
        ... on SendAfterSalesParcelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const disputeAfterSales = graphql(
  `
    mutation DisputeAfterSales($input: DisputeAfterSalesInput!) {
      disputeAfterSales(input: $input) {
        __typename
        ... on DisputeAfterSalesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Request = NonNullable<ResultOf<typeof requestsQuery>['order']>['afterSalesRequests'][number];
type OfRequest = { readonly of: Request; readonly onDone: () => void };

function Withdraw({ of, onDone }: OfRequest) {
  const { afterSales: words } = useAfterSalesWords();
  const action = useAction(withdrawAfterSales);
  const run = async (): Promise<void> => {
    if (await action.run({ afterSalesId: of.id })) onDone();
  };
  return <ActionButton label={words.withdraw} action={action} onRun={() => void run()} />;
}

function SendParcel({ of, onDone }: OfRequest) {
  const { afterSales: words } = useAfterSalesWords();
  const action = useAction(sendParcel);
  const run = async ({ carrier = '', trackingNumber = '' }: Typed): Promise<void> => {
    if (await action.run({ afterSalesId: of.id, carrier, trackingNumber })) onDone();
  };
  return (
    <Form
      submit={words.sent}
      isRunning={action.isRunning}
      problem={action.problem}
      fields={['carrier', 'trackingNumber']}
      onSubmit={(typed) => void run(typed)}
    >
      <Input name="carrier" label={words.carrier} required problem={action.problem} />
      <Input name="trackingNumber" label={words.trackingNumber} required problem={action.problem} />
    </Form>
  );
}

function Dispute({ of, onDone }: OfRequest) {
  const { afterSales: words } = useAfterSalesWords();
  const action = useAction(disputeAfterSales);
  const run = async ({ description = '' }: Typed): Promise<void> => {
    if (await action.run({ afterSalesId: of.id, description })) onDone();
  };
  return (
    <Form
      submit={words.dispute}
      isRunning={action.isRunning}
      problem={action.problem}
      fields={['description']}
      onSubmit={(typed) => void run(typed)}
    >
      <Input name="description" label={words.objections} required problem={action.problem} />
    </Form>
  );
}

function OneRequest({ of, onDone }: OfRequest) {
  const { afterSales: words } = useAfterSalesWords();
  const { requestStatuses } = useTexts();
  const { kind, status, dueAt, remark, returnTo, refunded, lines, photos } = of;
  const canWithdraw = status === 'REQUESTED' || status === 'AWAITING_PARCEL' || status === 'REFUSED';
  return (
    <li className="panel">
      <strong data-request={status}>
        {words.kinds[kind]}: {requestStatuses[status]}
      </strong>
      <span>{lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}</span>
      {dueAt !== null && (
        <span>
          {words.until} <Moment at={dueAt} />
        </span>
      )}
      {remark !== null && remark !== '' && (
        <span>
          {words.answer}: {remark}
        </span>
      )}
      {returnTo !== null && (
        <span>
          {words.returnTo}: {returnTo}
        </span>
      )}
      {refunded !== null && (
        <span>
          {words.refunded}: {refunded.formatted}
        </span>
      )}
      <Photos of={photos} />
      {status === 'AWAITING_PARCEL' && <SendParcel of={of} onDone={onDone} />}
      {status === 'REFUSED' && <Dispute of={of} onDone={onDone} />}
      {canWithdraw && <Withdraw of={of} onDone={onDone} />}
    </li>
  );
}

type Kind = Request['kind'];
const kinds = ['REFUND_ONLY', 'RETURN', 'EXCHANGE'] as const satisfies readonly Kind[];
const reasons = ['DAMAGED', 'WRONG_ITEM', 'MISSING', 'NOT_AS_DESCRIBED', 'UNWANTED', 'OTHER'] as const;

/** As the server. */
const PHOTOS_MAX = 6;

const asChosen = (picture: Chosen): Chosen => picture;

function RequestForm({ order, onDone }: { readonly order: Order; readonly onDone: () => void }) {
  const { afterSales: words } = useAfterSalesWords();
  const action = useAction(requestAfterSales);
  const [photos, setPhotos] = useState<readonly Chosen[]>([]);
  const run = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    const reason = reasons.find((one) => one === typed['reason']) ?? 'OTHER';
    const kind = kinds.find((one) => one === typed['kind']) ?? 'RETURN';
    const lines = order.lines.flatMap(({ productId }) => {
      const quantity = Number(typed[`pieces ${productId}`]);
      return quantity > 0 ? [{ productId, quantity, reason }] : [];
    });
    const evidence = typed['evidence'] ? [typed['evidence']] : [];
    const photoIds = photos.map(({ id }) => id);
    const input = { orderId: order.id, kind, lines, description: typed['description'] ?? '' };
    if (!(await action.run({ ...input, evidence, photoIds }))) return;
    form.reset();
    setPhotos([]);
    onDone();
  };
  return (
    <details className="panel">
      <summary>{words.request}</summary>
      <Form
        submit={words.submit}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['description', 'evidence']}
        onSubmit={(typed, form) => void run(typed, form)}
      >
        <Select
          name="kind"
          label={words.kind}
          options={kinds.map((kind) => [kind, words.kinds[kind]] as const)}
          value="RETURN"
        />
        {order.lines.map(({ productId, name, quantity }) => (
          <Input
            key={productId}
            name={`pieces ${productId}`}
            label={words.pieces(name)}
            type="number"
            min={0}
            max={quantity}
            defaultValue="0"
          />
        ))}
        <Select
          name="reason"
          label={words.reason}
          options={reasons.map((reason) => [reason, words.reasons[reason]] as const)}
          value="DAMAGED"
        />
        <Input name="description" label={words.description} problem={action.problem} />
        <PictureInputs pictures={photos} max={PHOTOS_MAX} onChange={setPhotos} toPicture={asChosen} />
        <Input name="evidence" type="url" label={words.evidence} problem={action.problem} />
      </Form>
    </details>
  );
}

/** The requests about an order, with what its customer can do next, and a form for a new one once goods have left. */
export function AfterSales({ order }: { readonly order: Order }) {
  const { afterSales: words } = useAfterSalesWords();
  const shown = useShown(requestsQuery, { id: order.id });
  const hasLeft = order.shipments.some(
    ({ status }) => status === 'DELIVERED' || status === 'DELIVERING' || status === 'LOADED',
  );
  return (
    <Loaded shown={shown}>
      {({ order: known }) => {
        const requests = known?.afterSalesRequests ?? [];
        return (
          <>
            {(hasLeft || requests.length > 0) && <h2>{words.title}</h2>}
            {requests.length > 0 && (
              <ul className="cards">
                {requests.map((request) => (
                  <OneRequest key={request.id} of={request} onDone={shown.reload} />
                ))}
              </ul>
            )}
            {hasLeft && <RequestForm order={order} onDone={shown.reload} />}
          </>
        );
      }}
    </Loaded>
  );
}

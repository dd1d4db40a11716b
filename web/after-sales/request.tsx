import type { ReactNode } from 'react';
import { graphql, useShown } from '../api';
import { useAfterSalesWords } from '../text/after-sales';
import { Photos } from '../pictures/photos';
import { Facts } from '../ui/facts';
import { Table } from '../ui/list';
import { Moment } from '../ui/moment';
import { Page } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { Timeline } from '../ui/timeline';
import { requestFields, type AfterSalesRequest } from './request-fields';
import { RequestActions } from './request-actions';
import type { Rights } from './steps';
import { useDecisionWords } from './words';

const requestQuery = graphql(
  `
    query AfterSalesRequest($id: ID!) {
      afterSalesRequest(id: $id) {
        ...AfterSalesFields
      }
    }
  `,
  [requestFields],
);

type OfRequest = { readonly of: AfterSalesRequest };

const parcelText = (parcel: AfterSalesRequest['parcel']): string | null =>
  parcel && `${parcel.carrier}, ${parcel.trackingNumber}`;

function Summary({ of }: OfRequest) {
  const words = useDecisionWords();
  const { afterSales } = useAfterSalesWords();
  const { status, customer, dueAt } = of;
  return (
    <Facts
      of={[
        [
          words.status,
          <span key="status" data-request={status}>
            {words.statuses[status]}
          </span>,
        ],
        [words.kind, afterSales.kinds[of.kind]],
        ...(customer === null ? [] : [[words.customer, `${customer.name} (${customer.email})`] as const]),
        [words.seller, of.seller?.name ?? words.shop],
        [words.requested, <Moment key="requested" at={of.requestedAt} />],
        [words.due, dueAt && <Moment key="due" at={dueAt} />],
        [words.worth, of.worth.formatted],
        [words.description, of.description || null],
        [words.dispute, of.disputeText],
        [words.answer, of.remark || null],
        [words.returnTo, of.returnTo],
        [words.parcel, parcelText(of.parcel)],
        [words.replacement, parcelText(of.replacement)],
        [words.refunded, of.refunded?.formatted],
        [words.failure, of.failure],
      ]}
    />
  );
}

function Goods({ of }: OfRequest) {
  const words = useDecisionWords();
  const { afterSales } = useAfterSalesWords();
  return (
    <Table
      caption={words.goods}
      rows={of.lines}
      keyOf={({ productId }) => productId}
      columns={[
        { title: words.product, cell: ({ name, sku }) => `${name} (${sku})` },
        { title: words.reason, cell: ({ reason }) => afterSales.reasons[reason] },
        { title: words.pieces, cell: ({ quantity }) => quantity, isFigure: true },
      ]}
    />
  );
}

function Evidence({ of }: OfRequest) {
  const words = useDecisionWords();
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">{words.evidence}</h2>
      {of.evidence.length + of.photos.length === 0 && <Empty>{words.noEvidence}</Empty>}
      <Photos of={of.photos} />
      {of.evidence.length > 0 && (
        <ul>
          {of.evidence.map((address) => (
            <li key={address}>
              <a href={address} rel="noreferrer">
                {address}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A request with what its status allows to a viewer with these rights. */
export function RequestPage({
  id,
  rights,
  back,
  orderLink,
}: {
  readonly id: string;
  readonly rights: Rights;
  /** The way to the list. */
  readonly back: ReactNode;
  /** The way to the order, where the viewer has a page for it. */
  readonly orderLink?: ((orderId: string) => ReactNode) | undefined;
}) {
  const words = useDecisionWords();
  const shown = useShown(requestQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ afterSalesRequest: request }) =>
        request === null ? (
          <Page title={words.none}>{back}</Page>
        ) : (
          <Page title={words.requestOf(request.orderNumber, request.number)}>
            <p>
              {back} {orderLink?.(request.orderId)}
            </p>
            <Summary of={request} />
            <Goods of={request} />
            <Evidence of={request} />
            <RequestActions of={request} rights={rights} onDone={shown.reload} />
            <section aria-labelledby="timeline">
              <h2 id="timeline">{words.timeline}</h2>
              <Timeline entries={request.timeline} />
            </section>
          </Page>
        )
      }
    </Loaded>
  );
}

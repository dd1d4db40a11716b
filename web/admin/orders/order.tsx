import { Link, useParams } from '@tanstack/react-router';
import { graphql, useLive, usePermissions, useShown } from '../../api';
import { useCancelWords } from '../../cancel-goods/words';
import { GiftText } from '../../gift/customer-words';
import { DeliveryNoteButton } from '../../gift/delivery-note-button';
import { useHeldFacts } from '../../held-money/held-money';
import { useTexts } from '../../text';
import { invoicesOf, OrderInvoices } from '../../invoices/order-invoices';
import { Facts } from '../../ui/facts';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { TaxLines } from '../../ui/order-tax';
import { Page } from '../../ui/page';
import { PostalAddress } from '../../ui/postal-address';
import { Empty, Loaded } from '../../ui/states';
import { Timeline } from '../../ui/timeline';
import { OrderActions } from './order-actions';
import { OrderHolds } from './order-holds';
import { OrderNotes } from './order-notes';
import { orderFields, type StaffOrder } from './order-fields';
import { ShipmentActions } from '../shipments/shipment-actions';
import { ShipmentFacts } from '../shipments/shipment-facts';
import { ShipmentMap } from '../shipments/shipment-map';

const orderQuery = graphql(
  `
    query StaffOrder($id: ID!) {
      order(id: $id) {
        ...StaffOrder
      }
      countries
    }
  `,
  [orderFields],
);

const orderUpdates = graphql(
  `
    subscription StaffOrderUpdates($id: ID!) {
      orderUpdated(id: $id) {
        cursor
        order {
          ...StaffOrder
        }
      }
    }
  `,
  [orderFields],
);

type Props = { readonly order: StaffOrder };

function Shipments({ order }: Props) {
  return (
    <section aria-labelledby="shipments">
      <h2 id="shipments">Shipments</h2>
      {order.shipments.length === 0 && <Empty>There are none before the order is paid.</Empty>}
      {order.shipments.map((shipment) => (
        <article key={shipment.id} className="panel" aria-label={`Shipment ${shipment.number}`}>
          <h3>
            <Link to="/admin/shipments/$id" params={{ id: shipment.id }}>
              Shipment {shipment.number}
            </Link>
          </h3>
          <ShipmentFacts of={shipment} />
          <DeliveryNoteButton orderId={order.id} number={order.number} shipment={shipment} />{' '}
          <ShipmentActions of={shipment} />
        </article>
      ))}
    </section>
  );
}

function Lines({ order }: Props) {
  const words = useCancelWords();
  const mayChange = usePermissions().has('product:change');
  return (
    <Table
      caption="Goods"
      rows={order.lines}
      keyOf={({ productId }) => productId}
      columns={[
        {
          title: 'Product',
          cell: ({ productId, name }) => (
            <Link to={mayChange ? '/admin/products/$id' : '/products/$id'} params={{ id: productId }}>
              {name}
            </Link>
          ),
        },
        { title: 'SKU', cell: ({ sku }) => sku },
        {
          title: 'Pieces',
          cell: ({ quantity, cancelled }) => words.ordered(quantity, cancelled),
          isFigure: true,
        },
        { title: 'Price', cell: ({ unitPrice }) => unitPrice.formatted, isFigure: true },
        { title: 'Total', cell: ({ total }) => total.formatted, isFigure: true },
      ]}
    />
  );
}

function Refunds({ order }: Props) {
  if (order.refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds">
      <h2 id="refunds">Refunds</h2>
      <Table
        caption="What was given back"
        rows={order.refunds}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Reason', cell: ({ reason }) => reason },
          {
            title: 'State',
            cell: ({ done, refusal }) => (refusal === null ? (done ? 'Done' : 'Under way') : refusal),
          },
          { title: 'Amount', cell: ({ amount }) => amount.formatted, isFigure: true },
        ]}
      />
    </section>
  );
}

function Summary({ order }: Props) {
  const { statuses } = useTexts();
  const { customer, destination, shipTo, noteToSeller, gift, source, reference } = order;
  const { authorisedUntil, paid } = order;
  const held = useHeldFacts(order);
  return (
    <Facts
      of={[
        ['Status', statuses[order.status]],
        ['Customer', customer && `${customer.name} (${customer.email})`],
        ['Placed', <Moment key="placed" at={order.placedAt} />],
        ...(order.shipping
          ? [['Shipping', `${order.shipping.name}: ${order.shipping.charge.formatted}`] as const]
          : []),
        ['Total', order.total.formatted],
        ...(order.tax ? [['Tax', <TaxLines key="tax" of={order.tax} />] as const] : []),
        [authorisedUntil === null ? 'Paid' : 'Authorised', paid.formatted],
        ...held,
        ['Refunded', order.refunded.formatted],
        ...(order.status === 'PLACED'
          ? [['Pay before', <Moment key="pay-by" at={order.payBy} />] as const]
          : []),
        ['Destination', `${destination.x}, ${destination.y}`],
        ...(shipTo ? [['Address', <PostalAddress key="address" of={shipTo} />] as const] : []),
        ...(noteToSeller === null
          ? []
          : [
              [
                'Note to the seller',
                <span key="note" className="typed">
                  {noteToSeller}
                </span>,
              ] as const,
            ]),
        ...(gift ? [['Gift', <GiftText key="gift" of={gift} />] as const] : []),
        ['Carrier account', order.carrierAccount],
        ...(source === null ? [] : [['Imported from', `${source}, ${reference ?? ''}`] as const]),
      ]}
    />
  );
}

/** An order with all that staff can do with it; it follows the order while it is open. */
export function OrderPage() {
  const { id } = useParams({ from: '/admin/orders/$id' });
  const shown = useShown(orderQuery, { id });
  useLive(orderUpdates, { id }, !shown.data?.order);
  return (
    <Loaded shown={shown}>
      {({ order, countries }) =>
        order === null ? (
          <Page title="There is no such order">
            <Link to="/admin">All orders</Link>
          </Page>
        ) : (
          <Page title={`Order ${order.number}`}>
            <p className="chips">
              <Link to="/admin/engine/orders/$id" params={{ id: order.id }}>
                As it was, and its trace
              </Link>
              <Link to="/admin/engine/why" search={{ model: 'order', id: order.id }}>
                Why is it so?
              </Link>
            </p>
            <Summary order={order} />
            <Lines order={order} />
            <OrderActions order={order} countries={countries ?? []} onRefused={shown.reload} />
            <OrderHolds orderId={order.id} />
            <OrderNotes orderId={order.id} />
            <Shipments order={order} />
            <Refunds order={order} />
            <OrderInvoices id={order.id} expected={invoicesOf(order)} />
            <ShipmentMap of={order.shipments} destination={order.destination} />
            <section aria-labelledby="timeline">
              <h2 id="timeline">Timeline</h2>
              <Timeline entries={order.timeline} />
            </section>
          </Page>
        )
      }
    </Loaded>
  );
}

import { useRef, useState } from 'react';
import { Link, useParams } from '@tanstack/react-router';
import { useLive, useShown } from '../../api';
import { useCancelWords } from '../../cancel-goods/words';
import { CustomerWordsPairs } from '../../gift/customer-words';
import { HeldMoney } from '../../held-money/held-money';
import { useTexts } from '../../text';
import { useCartWords } from '../../text/cart';
import { invoicesOf, OrderInvoices } from '../../invoices/order-invoices';
import { useDeliveryWords } from '../../text/delivery';
import { useOrderWords } from '../../text/orders';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { isPossible } from '../../ui/next-actions';
import { TaxLines } from '../../ui/order-tax';
import { ForAccount, Page } from '../../ui/page';
import { PostalAddress } from '../../ui/postal-address';
import { Loaded } from '../../ui/states';
import { AfterSales } from './after-sales';
import { ChangeDestination, OrderActions } from './order-actions';
import {
  orderQuery,
  orderUpdated,
  shipmentMoved,
  type Order,
  type Shipment,
  type Warehouse,
} from './order-fields';
import { OrderMap } from './order-map';
import { isOnMap, useDelivery } from '../checkout/delivery-choice';
import type { AddressBook } from '../account/address-book';
import { usePlace } from '../checkout/place-inputs';

function Summary({ order }: { readonly order: Order }) {
  const { checkout, orders, order: words } = useOrderWords();
  const { delivery } = useDeliveryWords();
  const cart = useCartWords();
  const { statuses } = useTexts();
  const { status, placedAt, tax, total, paid, refunded, destination, shipTo, promotions, shipping } = order;
  return (
    <dl className="pairs">
      <dt>{orders.status}</dt>
      <dd>
        <strong role="status" data-status={status}>
          {statuses[status]}
        </strong>
      </dd>
      <dt>{orders.placed}</dt>
      <dd>
        <Moment at={placedAt} />, {words.to(destination.x, destination.y)}
      </dd>
      {shipTo && (
        <>
          <dt>{delivery.shipTo}</dt>
          <dd>
            <PostalAddress of={shipTo} />
          </dd>
        </>
      )}
      <CustomerWordsPairs of={order} />
      {promotions.length > 0 && (
        <>
          <dt>{cart.promotions}</dt>
          {promotions.map(({ promotionId, name, amount }) => (
            <dd key={promotionId}>
              {name}: −{amount.formatted}
            </dd>
          ))}
        </>
      )}
      {shipping && (
        <>
          <dt>{checkout.shipping}</dt>
          <dd>
            {shipping.name}: {shipping.charge.formatted}
          </dd>
        </>
      )}
      <dt>{orders.total}</dt>
      <dd>
        {total.formatted}
        <TaxLines of={tax} />
      </dd>
      <HeldMoney of={order} />
      {paid.amountMinor > 0 && order.authorisedUntil === null && (
        <>
          <dt>{words.paid}</dt>
          <dd>{paid.formatted}</dd>
        </>
      )}
      {refunded.amountMinor > 0 && (
        <>
          <dt>{words.refunded}</dt>
          <dd>{refunded.formatted}</dd>
        </>
      )}
    </dl>
  );
}

function Lines({ order }: { readonly order: Order }) {
  const { order: words } = useOrderWords();
  const cart = useCartWords();
  const { reviews } = useTexts();
  const cancelWords = useCancelWords();
  const isReceived = order.status === 'FULFILLED' || order.status === 'COMPLETED';
  return (
    <Table
      caption={words.title(order.number)}
      rows={order.lines}
      keyOf={({ productId }) => productId}
      columns={[
        {
          title: cart.product,
          cell: ({ productId, name }) => (
            <>
              <Link to="/products/$id" params={{ id: productId }}>
                {name}
              </Link>
              {isReceived && (
                <>
                  {' · '}
                  <Link to="/products/$id" params={{ id: productId }} hash="reviews">
                    {reviews.write}
                  </Link>
                </>
              )}
            </>
          ),
        },
        {
          title: cart.quantity,
          cell: ({ quantity, cancelled }) => cancelWords.ordered(quantity, cancelled),
          isFigure: true,
        },
        { title: cart.price, cell: ({ unitPrice }) => unitPrice.formatted, isFigure: true },
        { title: cart.total, cell: ({ total }) => total.formatted, isFigure: true },
      ]}
    />
  );
}

function Parcel({
  of: { number, status, truckId, trackingNumber, failure, items, warehouse },
}: {
  readonly of: Shipment;
}) {
  const { order: words } = useOrderWords();
  const { statuses } = useTexts();
  return (
    <li className="panel">
      <strong>{words.parcel(number)}</strong>
      <span>
        {[statuses[status], warehouse?.name, truckId === null ? undefined : words.truck(truckId)]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
      <span>{items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}</span>
      {trackingNumber !== null && (
        <span>
          {words.tracking}: <code>{trackingNumber}</code>
        </span>
      )}
      {failure !== null && <span className="problem">{failure}</span>}
    </li>
  );
}

function MapAndMove({
  order,
  book,
  warehouses,
  onRefused,
}: {
  readonly onRefused: () => void;
  readonly order: Order;
  readonly book: AddressBook;
  readonly warehouses: readonly Warehouse[];
}) {
  const { order: words } = useOrderWords();
  const [isMoving, setMoving] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const place = usePlace(order.destination);
  const delivery = useDelivery(place, book, 'place');
  const canMove = isPossible(order.nextActions, 'changeDestination');
  const isOpen = isMoving && canMove;
  return (
    <>
      <OrderMap
        order={order}
        warehouses={warehouses}
        moving={isOpen && isOnMap(delivery) ? place : undefined}
      />
      {canMove && (
        <p>
          <button ref={toggle} type="button" aria-expanded={isOpen} onClick={() => setMoving(!isMoving)}>
            {words.move}
          </button>
        </p>
      )}
      {isOpen && (
        <ChangeDestination
          order={order}
          delivery={delivery}
          onDone={() => {
            setMoving(false);
            toggle.current?.focus();
          }}
          onRefused={onRefused}
        />
      )}
    </>
  );
}

function OrderDetails({
  order,
  book,
  warehouses,
  onRefused,
}: {
  /** Shows the order as it is now. */
  readonly onRefused: () => void;
  readonly order: Order;
  readonly book: AddressBook;
  readonly warehouses: readonly Warehouse[];
}) {
  const { order: words } = useOrderWords();
  const { happened } = useTexts();
  return (
    <>
      <Summary order={order} />
      <OrderActions order={order} />
      <AfterSales order={order} />
      <MapAndMove order={order} book={book} warehouses={warehouses} onRefused={onRefused} />
      {order.shipments.length > 0 && (
        <section aria-labelledby="parcels">
          <h2 id="parcels">{words.parcels}</h2>
          <ul className="cards">
            {order.shipments.map((shipment) => (
              <Parcel key={shipment.id} of={shipment} />
            ))}
          </ul>
        </section>
      )}
      <Lines order={order} />
      <OrderInvoices id={order.id} expected={invoicesOf(order)} />
      <section aria-labelledby="timeline">
        <h2 id="timeline">{words.timeline}</h2>
        <ol className="timeline">
          {order.timeline.map(({ at, type, summary }) => (
            <li key={`${at} ${type} ${summary}`}>
              <Moment at={at} /> {happened(summary)}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function OwnOrder() {
  const { id } = useParams({ from: '/orders/$id' });
  const { order: words, orders } = useOrderWords();
  const shown = useShown(orderQuery, { id });
  const isNone = shown.data?.order === null;
  useLive(orderUpdated, { id }, isNone);
  useLive(shipmentMoved, { id }, isNone);
  return (
    <Loaded shown={shown}>
      {({ order, warehouses, addresses, countries }) =>
        order === null ? (
          <Page title={words.noOrder}>
            <Link to="/orders">{orders.title}</Link>
          </Page>
        ) : (
          <Page title={words.title(order.number)}>
            <OrderDetails
              order={order}
              book={{ addresses, countries }}
              warehouses={warehouses ?? []}
              onRefused={shown.reload}
            />
          </Page>
        )
      }
    </Loaded>
  );
}

/** An order with its map, parcels and timeline, which follow what happens, and what its status allows. */
export function OrderPage() {
  return (
    <ForAccount>
      <OwnOrder />
    </ForAccount>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { graphql, rejection, useAccount, useAction, useShown, type Problem, type ResultOf } from '../../api';
import { useDeliveryWords } from '../../text/delivery';
import { useOrderWords } from '../../text/orders';
import {
  customerWordsInputNames,
  CustomerWordsInputs,
  customerWordsOf,
} from '../../gift/customer-words-inputs';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { GridMap } from '../../ui/grid-map';
import { TaxLines } from '../../ui/order-tax';
import { ForAccount, Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { addressBookFields, type AddressBook } from '../account/address-book';
import { addressInputNames } from '../../ui/address-inputs';
import { CartLines, useRemovedLine } from '../cart/cart';
import { cartFields, type Cart } from '../cart/cart-fields';
import { EmptyCart } from '../cart/cart-notes';
import { priceOf } from '../cart/offer';
import {
  DeliveryInputs,
  isChosen,
  isOnMap,
  useDelivery,
  wishOf,
  type ChosenDelivery,
} from './delivery-choice';
import { openPayment } from './payer-action';
import { paymentMethods } from './payment-methods';
import { usePlace } from './place-inputs';
import { QuoteNote, useQuote } from './quote';
import { useSavedAddress } from './saved-address';
import { ShippingChoice, useShipping, type ChosenShipping } from './shipping';

const checkoutQuery = graphql(
  `
    query Checkout {
      cart {
        ...CartFields
      }
      ...AddressBookFields
      warehouses {
        id
        name
        x
        y
        active
      }
    }
  `,
  [cartFields, addressBookFields],
);

const placeOrder = graphql(
  `
    mutation PlaceOrder($input: PlaceOrderInput!) {
      placeOrder(input: $input) {
        __typename
        ... on PlaceOrderSuccess {
          consistencyToken
          order {
            id
            payerAction {
              kind
              url
            }
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const LATER = 'later';
const methods = [...paymentMethods, LATER] as const;

type Warehouses = NonNullable<ResultOf<typeof checkoutQuery>['warehouses']>;

function Where({
  delivery,
  found,
  warehouses,
}: {
  readonly delivery: ChosenDelivery;
  /** The place of an address; null while it is unknown. */
  readonly found: ChosenShipping['destination'];
  readonly warehouses: Warehouses;
}) {
  const { checkout } = useOrderWords();
  const { delivery: words } = useDeliveryWords();
  const { place } = delivery;
  const home = found && { id: 'found', label: checkout.here, kind: 'home' as const, ...found };
  return (
    <>
      <h2 id="where">{checkout.where}</h2>
      <p className="help">{isOnMap(delivery) ? checkout.mapHelp : words.found}</p>
      <GridMap
        label={checkout.map}
        marks={[
          ...warehouses.map(({ id, name, x, y }) => ({ id, label: name, kind: 'warehouse' as const, x, y })),
          ...(isOnMap(delivery) ? place.marks : home ? [home] : []),
        ]}
        {...(isOnMap(delivery) && { picked: place.point, onPick: place.pick })}
      />
    </>
  );
}

function SendAndPay({
  warehouses,
  problem,
}: {
  readonly warehouses: Warehouses;
  readonly problem: Problem | undefined;
}) {
  const { checkout } = useOrderWords();
  return (
    <>
      <Input
        name="carrierAccount"
        label={checkout.carrierAccount}
        autoComplete="off"
        maxLength={100}
        problem={problem}
      />
      <Select
        name="warehouseId"
        label={checkout.warehouse}
        options={[['', checkout.nearest], ...warehouses.map(({ id, name }) => [id, name] as const)]}
      />
      <Select
        name="paymentMethod"
        label={checkout.payment}
        options={methods.map((each) => [each, checkout.methods[each]] as const)}
      />
    </>
  );
}

function Checkout({
  cart,
  book,
  warehouses,
  onProblem,
}: {
  readonly cart: Cart;
  readonly book: AddressBook;
  readonly warehouses: Warehouses;
  readonly onProblem: () => void;
}) {
  const { checkout } = useOrderWords();
  const navigate = useNavigate();
  const action = useAction(placeOrder);
  const place = usePlace(undefined, useAccount()?.id);
  const delivery = useDelivery(place, book);
  const shipping = useShipping(delivery.wish);
  const saving = useSavedAddress();
  const held = useQuote(cart, delivery.wish, shipping);
  const { quote } = held;
  const total = quote?.total ?? shipping.total ?? cart.offer?.total;
  const isRunning = action.isRunning || saving.isRunning;
  const problem = action.problem ?? saving.problem ?? held.problem;
  const send = async (typed: Typed): Promise<void> => {
    const { carrierAccount, warehouseId, paymentMethod } = typed;
    const wish = wishOf(delivery, typed);
    if (!isChosen(wish)) return;
    const to = typed['saveAddress'] ? await saving.save(wish) : wish;
    if (to === undefined) return;
    // A new address may have been typed differently since it was quoted.
    const isQuoted = JSON.stringify(wish) === JSON.stringify(delivery.wish);
    // Not more and not less than the button says.
    const placed = await action.run({
      ...to,
      ...customerWordsOf(typed),
      carrierAccount: carrierAccount || null,
      warehouseId: warehouseId || null,
      paymentMethod: paymentMethod === LATER ? null : paymentMethod,
      shippingMethodId: shipping.methodId ?? null,
      quote: isQuoted && quote ? quote.quote : null,
      expectedTotal: total && { amountMinor: total.amountMinor, currency: total.currency },
    });
    if (placed?.order) {
      place.sent();
      // The order is where the payer comes back to, also by the button of the browser.
      await navigate({ to: '/orders/$id', params: { id: placed.order.id }, replace: true });
      openPayment(placed.order.payerAction);
    } else {
      // A price, the stock or a charge has changed: the page shows how it is now.
      onProblem();
      shipping.reload();
      held.renew();
    }
  };
  return (
    <section aria-labelledby="where">
      <Where delivery={delivery} found={shipping.destination} warehouses={warehouses} />
      <Form
        submit={checkout.place(total?.formatted ?? priceOf(cart))}
        isRunning={isRunning}
        problem={problem}
        fields={['x', 'y', 'carrierAccount', ...customerWordsInputNames, ...addressInputNames]}
        onSubmit={(typed) => void send(typed)}
      >
        <DeliveryInputs of={delivery} problem={problem} canSave />
        <CustomerWordsInputs problem={problem} />
        <ShippingChoice of={shipping} />
        <TaxLines of={quote?.tax ?? shipping.tax ?? cart.offer?.tax} />
        <QuoteNote of={held} cart={cart} />
        <SendAndPay warehouses={warehouses} problem={problem} />
      </Form>
    </section>
  );
}

function OwnCheckout() {
  const { checkout } = useOrderWords();
  const shown = useShown(checkoutQuery, {});
  const removed = useRemovedLine();
  return (
    <Page title={checkout.title}>
      {removed.note}
      <Loaded shown={shown}>
        {({ cart, warehouses, addresses, countries }) =>
          cart === null || cart.lines.length === 0 ? (
            <EmptyCart />
          ) : (
            <>
              <CartLines of={cart} onRemoved={removed.onRemoved} />
              <Checkout
                cart={cart}
                book={{ addresses, countries }}
                warehouses={(warehouses ?? []).filter(({ active }) => active)}
                onProblem={shown.reload}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Turns the cart into an order: the address or place, the carrier account, the warehouse and the payment. */
export function CheckoutPage() {
  return (
    <ForAccount>
      <OwnCheckout />
    </ForAccount>
  );
}

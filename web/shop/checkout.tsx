import { useNavigate } from '@tanstack/react-router';
import { graphql, rejection, useAccount, useAction, useShown, type ResultOf } from '../api';
import { useOrderWords } from '../text/orders';
import { Form, Input, Select, type Typed } from '../ui/form';
import { GridMap } from '../ui/grid-map';
import { TaxLines } from '../ui/order-tax';
import { ForAccount, Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { CartLines, useRemovedLine } from './cart';
import { cartFields, type Cart } from './cart-fields';
import { EmptyCart } from './cart-notes';
import { priceOf } from './offer';
import { PlaceInputs, usePlace, type ChosenPlace } from './place-inputs';
import { ShippingChoice, useShipping } from './shipping';

const checkoutQuery = graphql(
  `
    query Checkout {
      cart {
        ...CartFields
      }
      warehouses {
        id
        name
        x
        y
        active
      }
    }
  `,
  [cartFields],
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
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const LATER = 'later';
const methods = ['test', 'test-declined', LATER] as const;

type Warehouses = NonNullable<ResultOf<typeof checkoutQuery>['warehouses']>;

function Where({ place, warehouses }: { readonly place: ChosenPlace; readonly warehouses: Warehouses }) {
  const { checkout } = useOrderWords();
  return (
    <>
      <h2 id="where">{checkout.where}</h2>
      <p className="help">{checkout.mapHelp}</p>
      <GridMap
        label={checkout.map}
        marks={[
          ...warehouses.map(({ id, name, x, y }) => ({ id, label: name, kind: 'warehouse' as const, x, y })),
          ...place.marks,
        ]}
        picked={place.point}
        onPick={place.pick}
      />
    </>
  );
}

function Checkout({
  cart,
  warehouses,
  onProblem,
}: {
  readonly cart: Cart;
  readonly warehouses: Warehouses;
  readonly onProblem: () => void;
}) {
  const { checkout } = useOrderWords();
  const navigate = useNavigate();
  const action = useAction(placeOrder);
  const place = usePlace(undefined, useAccount()?.id);
  const shipping = useShipping(place.point);
  const total = shipping.total ?? cart.offer?.total;
  const { isRunning, problem } = action;
  const send = async ({ carrierAccount, warehouseId, paymentMethod }: Typed): Promise<void> => {
    if (place.point === undefined) return;
    // Not more and not less than the button says.
    const placed = await action.run({
      destination: place.point,
      carrierAccount: carrierAccount || null,
      warehouseId: warehouseId || null,
      paymentMethod: paymentMethod === LATER ? null : paymentMethod,
      shippingMethodId: shipping.methodId ?? null,
      expectedTotal: total && { amountMinor: total.amountMinor, currency: total.currency },
    });
    if (placed?.order) {
      place.sent();
      await navigate({ to: '/orders/$id', params: { id: placed.order.id }, replace: true });
    } else {
      // A price, the stock or a charge has changed: the page shows how it is now.
      onProblem();
      shipping.reload();
    }
  };
  return (
    <section aria-labelledby="where">
      <Where place={place} warehouses={warehouses} />
      <Form
        submit={checkout.place(total?.formatted ?? priceOf(cart))}
        isRunning={isRunning}
        problem={problem}
        fields={['x', 'y', 'carrierAccount']}
        onSubmit={(typed) => void send(typed)}
      >
        <PlaceInputs of={place} problem={problem} />
        <ShippingChoice of={shipping} />
        <TaxLines of={shipping.tax ?? cart.offer?.tax} />
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
        {({ cart, warehouses }) =>
          cart === null || cart.lines.length === 0 ? (
            <EmptyCart />
          ) : (
            <>
              <CartLines of={cart} onRemoved={removed.onRemoved} />
              <Checkout
                cart={cart}
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

/** Turns the cart into an order: the place, the carrier account, the warehouse and the payment. */
export function CheckoutPage() {
  return (
    <ForAccount>
      <OwnCheckout />
    </ForAccount>
  );
}

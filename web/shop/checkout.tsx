import { useNavigate } from '@tanstack/react-router';
import { graphql, rejection, useAction, useShown, type ResultOf } from '../api';
import { useTexts } from '../text';
import { Form, Input, Select, type Typed } from '../ui/form';
import { GridMap } from '../ui/grid-map';
import { ForRoles, Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { CartLines, EmptyCart, useRemovedLine } from './cart';
import { cartFields, type Cart } from './cart-fields';
import { PlaceInputs, usePlace } from './place-inputs';

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

function Checkout({
  cart,
  warehouses,
  onProblem,
}: {
  readonly cart: Cart;
  readonly warehouses: Warehouses;
  readonly onProblem: () => void;
}) {
  const { checkout } = useTexts();
  const navigate = useNavigate();
  const action = useAction(placeOrder);
  const place = usePlace();
  const { isRunning, problem } = action;
  const send = async ({ carrierAccount, warehouseId, paymentMethod }: Typed): Promise<void> => {
    if (place.point === undefined) return;
    const placed = await action.run({
      destination: place.point,
      carrierAccount: carrierAccount || null,
      warehouseId: warehouseId || null,
      paymentMethod: paymentMethod === LATER ? null : paymentMethod,
    });
    if (placed?.order) await navigate({ to: '/orders/$id', params: { id: placed.order.id }, replace: true });
    // A price or the stock has changed: the lines above show how it is now.
    else onProblem();
  };
  return (
    <section aria-labelledby="where">
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
      <Form
        submit={checkout.place(cart.total?.formatted ?? '')}
        isRunning={isRunning}
        problem={problem}
        fields={['x', 'y', 'carrierAccount']}
        onSubmit={(typed) => void send(typed)}
      >
        <PlaceInputs of={place} problem={problem} />
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
  const { checkout } = useTexts();
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
    <ForRoles>
      <OwnCheckout />
    </ForRoles>
  );
}

import { graphql, rejection, useAction } from '../../api';
import { useCartWords } from '../../text/cart';
import { useOrderWords } from '../../text/orders';
import { ActionButton, Form, Input } from '../../ui/form';
import { TaxLines } from '../../ui/order-tax';
import { ProblemNote } from '../../ui/states';
import { cartFields, type Cart } from './cart-fields';

const applyCoupon = graphql(
  `
    mutation ApplyCoupon($input: ApplyCouponInput!) {
      applyCoupon(input: $input) {
        __typename
        ... on ApplyCouponSuccess {
          consistencyToken
          cart {
            ...CartFields
          }
        }
        ...Rejection
      }
    }
  `,
  [cartFields, rejection],
);

const removeCoupon = graphql(
  `
    mutation RemoveCoupon($input: RemoveCouponInput!) {
      removeCoupon(input: $input) {
        __typename
        ... on RemoveCouponSuccess {
          consistencyToken
          cart {
            ...CartFields
          }
        }
        ...Rejection
      }
    }
  `,
  [cartFields, rejection],
);

const COUPON_LENGTH_MAX = 40;

type Offer = NonNullable<Cart['offer']>;

function GiveCoupon() {
  const cart = useCartWords();
  const action = useAction(applyCoupon);
  return (
    <Form
      submit={cart.applyCoupon}
      isRunning={action.isRunning}
      problem={action.problem}
      fields={['coupon']}
      onSubmit={({ coupon = '' }) => void action.run({ coupon })}
    >
      <Input
        name="coupon"
        label={cart.coupon}
        autoComplete="off"
        maxLength={COUPON_LENGTH_MAX}
        required
        problem={action.problem}
      />
    </Form>
  );
}

/** The code that was given, with the reason why it does not apply, if it does not. */
function GivenCoupon({ coupon, problem }: { readonly coupon: string; readonly problem: Offer['problem'] }) {
  const cart = useCartWords();
  const action = useAction(removeCoupon);
  return (
    <>
      <p>
        {cart.couponGiven(coupon)}{' '}
        <ActionButton label={cart.removeCoupon} action={action} onRun={() => void action.run({})} />
      </p>
      <ProblemNote problem={problem === null ? undefined : { ...problem, field: undefined }} />
    </>
  );
}

/** Returns the price to pay: after the promotions, which are unknown for a moment after a change. */
export const priceOf = ({ offer, total }: Cart): string => (offer?.total ?? total)?.formatted ?? '';

/** The promotions that apply to the cart, the field for a coupon's code, and the price to pay. */
export function CartPrice({ of }: { readonly of: Cart }) {
  const { checkout } = useOrderWords();
  const cart = useCartWords();
  const { offer } = of;
  return (
    <section aria-label={cart.total}>
      {offer && offer.promotions.length > 0 && (
        <ul>
          {offer.promotions.map(({ promotionId, name, amount }) => (
            <li key={promotionId}>
              {name}: −{amount.formatted}
            </li>
          ))}
        </ul>
      )}
      {offer && (offer.coupon === null ? <GiveCoupon /> : <GivenCoupon {...offer} coupon={offer.coupon} />)}
      {offer && offer.shippingOptions.length > 0 && (
        <p className="help">
          {cart.shipping}{' '}
          {offer.shippingOptions
            .map(({ name, charge }) => `${name}: ${charge?.formatted ?? checkout.chargeByPlace}`)
            .join('; ')}
        </p>
      )}
      <p className="price" role="status">
        {cart.total}: {priceOf(of)}
      </p>
      <TaxLines of={offer?.tax} />
    </section>
  );
}

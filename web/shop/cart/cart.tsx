import { useState, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { graphql, rejection, useAccount, useAction, useShown } from '../../api';
import { useCartWords } from '../../text/cart';
import { ActionButton, Form, Input } from '../../ui/form';
import { Table } from '../../ui/list';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { useUndo } from '../../ui/undo';
import { addToCart, cartFields, cartQuery, type Cart, type CartLine } from './cart-fields';
import { EmptyCart, GuestCartNote } from './cart-notes';
import { GuestCart } from './guest-cart';
import { OffSale } from '../products/off-sale';
import { CartPrice } from './offer';

const changeCartLine = graphql(
  `
    mutation ChangeCartLine($input: ChangeCartLineInput!) {
      changeCartLine(input: $input) {
        __typename
        ... on ChangeCartLineSuccess {
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

const removeFromCart = graphql(
  `
    mutation RemoveFromCart($input: RemoveFromCartInput!) {
      removeFromCart(input: $input) {
        __typename
        ... on RemoveFromCartSuccess {
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

function Quantity({ line: { productId, name, quantity } }: { readonly line: CartLine }) {
  const cart = useCartWords();
  const action = useAction(changeCartLine);
  // What was typed stays until it is accepted, also what is typed while an earlier change is under way.
  const [typed, setTyped] = useState<string>();
  const change = async (wanted: string): Promise<void> => {
    if (await action.run({ productId, quantity: Number(wanted) }))
      setTyped((now) => (now === wanted ? undefined : now));
  };
  return (
    <Form
      submit={cart.change}
      isRunning={action.isRunning}
      problem={action.problem}
      fields={['quantity']}
      onSubmit={({ quantity: wanted = '' }) => void change(wanted)}
    >
      <Input
        name="quantity"
        label={cart.quantityOf(name)}
        type="number"
        min={1}
        value={typed ?? quantity}
        onChange={({ target }) => setTyped(target.value)}
        required
        problem={action.problem}
      />
    </Form>
  );
}

type OnRemoved = (line: CartLine) => void;

function Remove({ line, onRemoved }: { readonly line: CartLine; readonly onRemoved: OnRemoved }) {
  const cart = useCartWords();
  const action = useAction(removeFromCart);
  const remove = async (): Promise<void> => {
    if (await action.run({ productId: line.productId })) onRemoved(line);
  };
  return <ActionButton label={cart.remove} action={action} onRun={() => void remove()} />;
}

/** A note about the line that was removed last, which offers to put it back. It takes the present price. */
export const useRemovedLine = (): { readonly note: ReactNode; readonly onRemoved: OnRemoved } => {
  const cart = useCartWords();
  const action = useAction(addToCart);
  const { note, offer } = useUndo(action);
  return {
    note,
    onRemoved: ({ productId, name, quantity }) =>
      offer(cart.removed(name), () => action.run({ productId, quantity })),
  };
};

/** The accepted price of a line; where the shop has another one now, also that, with a button that accepts it. */
function Price({ line: { productId, quantity, unitPrice, product } }: { readonly line: CartLine }) {
  const cart = useCartWords();
  const action = useAction(changeCartLine);
  if (product === null || product.price.amountMinor === unitPrice.amountMinor) return unitPrice.formatted;
  return (
    <>
      <s>{unitPrice.formatted}</s> {product.price.formatted}{' '}
      <ActionButton
        label={cart.accept}
        action={action}
        onRun={() => void action.run({ productId, quantity })}
      />
    </>
  );
}

/** The lines of the cart, which can be changed in place, with the total. */
export function CartLines({ of, onRemoved }: { readonly of: Cart; readonly onRemoved: OnRemoved }) {
  const cart = useCartWords();
  return (
    <>
      <GuestCartNote />
      <Table
        caption={cart.title}
        rows={of.lines}
        keyOf={({ productId }) => productId}
        columns={[
          {
            title: cart.product,
            cell: ({ productId, name, quantity, product }) => (
              <>
                <Link to="/products/$id" params={{ id: productId }}>
                  {name}
                </Link>
                {product?.active === false && (
                  <>
                    <br />
                    <small className="help">
                      <OffSale of={product} /> {cart.cannotOrder}
                    </small>
                  </>
                )}
                {product?.active === true && product.availability.available < quantity && (
                  <>
                    <br />
                    <small className="help">{cart.waits}</small>
                  </>
                )}
              </>
            ),
          },
          { title: cart.price, cell: (line) => <Price line={line} />, isFigure: true },
          { title: cart.quantity, cell: (line) => <Quantity line={line} /> },
          { title: cart.total, cell: ({ total }) => total.formatted, isFigure: true },
          { title: cart.remove, cell: (line) => <Remove line={line} onRemoved={onRemoved} /> },
        ]}
      />
      <CartPrice of={of} />
    </>
  );
}

function OwnCart() {
  const cart = useCartWords();
  const shown = useShown(cartQuery, {});
  const removed = useRemovedLine();
  return (
    <Page title={cart.title}>
      {removed.note}
      <Loaded shown={shown}>
        {({ cart: of }) =>
          of === null || of.lines.length === 0 ? (
            <EmptyCart />
          ) : (
            <>
              <CartLines of={of} onRemoved={removed.onRemoved} />
              <p>
                <Link className="button" to="/checkout">
                  {cart.checkout}
                </Link>
              </p>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** The cart of the signed-in account; of a guest, the one of this browser. */
export function CartPage() {
  return useAccount() === undefined ? <GuestCart /> : <OwnCart />;
}

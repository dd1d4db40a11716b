import { useState, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { graphql, rejection, useAction, useShown } from '../api';
import { useTexts } from '../text';
import { ActionButton, Form, Input } from '../ui/form';
import { Table } from '../ui/list';
import { ForRoles, Page } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { addToCart, cartFields, cartQuery, type Cart, type CartLine } from './cart-fields';

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
  const { cart } = useTexts();
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
  const { cart } = useTexts();
  const action = useAction(removeFromCart);
  const remove = async (): Promise<void> => {
    if (await action.run({ productId: line.productId })) onRemoved(line);
  };
  return <ActionButton label={cart.remove} action={action} onRun={() => void remove()} />;
}

function PutBack({
  line: { productId, name, quantity },
  onDone,
}: {
  readonly line: CartLine;
  readonly onDone: () => void;
}) {
  const { cart, state } = useTexts();
  const action = useAction(addToCart);
  const putBack = async (): Promise<void> => {
    if (await action.run({ productId, quantity })) onDone();
  };
  return (
    <p role="status">
      {cart.removed(name)} <ActionButton label={state.undo} action={action} onRun={() => void putBack()} />
    </p>
  );
}

/** A note about the line that was removed last, which offers to put it back. It takes the present price. */
export const useRemovedLine = (): { readonly note: ReactNode; readonly onRemoved: OnRemoved } => {
  const [line, setLine] = useState<CartLine>();
  return { note: line && <PutBack line={line} onDone={() => setLine(undefined)} />, onRemoved: setLine };
};

/** The accepted price of a line; where the shop has another one now, also that, with a button that accepts it. */
function Price({ line: { productId, quantity, unitPrice, product } }: { readonly line: CartLine }) {
  const { cart } = useTexts();
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
  const { cart } = useTexts();
  return (
    <>
      <Table
        caption={cart.title}
        rows={of.lines}
        keyOf={({ productId }) => productId}
        columns={[
          {
            title: cart.product,
            cell: ({ productId, name }) => (
              <Link to="/products/$id" params={{ id: productId }}>
                {name}
              </Link>
            ),
          },
          { title: cart.price, cell: (line) => <Price line={line} />, isFigure: true },
          { title: cart.quantity, cell: (line) => <Quantity line={line} /> },
          { title: cart.total, cell: ({ total }) => total.formatted, isFigure: true },
          { title: cart.remove, cell: (line) => <Remove line={line} onRemoved={onRemoved} /> },
        ]}
      />
      <p className="price" role="status">
        {cart.total}: {of.total?.formatted}
      </p>
    </>
  );
}

/** Says that the cart is empty, with the way to the shop. */
export function EmptyCart() {
  const { cart, state } = useTexts();
  return (
    <Empty>
      {cart.empty} <Link to="/">{state.home}</Link>
    </Empty>
  );
}

function OwnCart() {
  const { cart } = useTexts();
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

/** The cart of the signed-in account. */
export function CartPage() {
  return (
    <ForRoles>
      <OwnCart />
    </ForRoles>
  );
}

import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { graphql, useShown, type ResultOf } from '../../api';
import { useCartWords } from '../../text/cart';
import { Form, Input } from '../../ui/form';
import { Table } from '../../ui/list';
import { formattedOf } from '../../ui/money';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { EmptyCart } from './cart-notes';
import { setGuestLine, useGuestLines } from './guest-lines';
import { QUANTITY_MAX, type GuestLine } from './guest-moves';
import { OffSale, offSale } from '../products/off-sale';

const guestProducts = graphql(
  `
    query GuestProducts($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ... on Product {
          id
          name: fullName
          active
          ...OffSale
          price {
            amountMinor
            currency
            formatted
          }
        }
      }
    }
  `,
  [offSale],
);

type Node = NonNullable<NonNullable<ResultOf<typeof guestProducts>['nodes']>[number]>;
type Product = Extract<Node, { readonly __typename: 'Product' }>;
/** `product`: undefined if the shop does not have it any more. */
type Row = GuestLine & { readonly product: Product | undefined };

const rowsOf = (lines: readonly GuestLine[], nodes: readonly (Node | null)[]): readonly Row[] => {
  const products = new Map(
    nodes.flatMap((node) => (node?.__typename === 'Product' ? [[node.id, node] as const] : [])),
  );
  return lines.map((line) => ({ ...line, product: products.get(line.productId) }));
};

/** Returns the price of all that can be bought, one sum a currency. */
const totalOf = (rows: readonly Row[]): string => {
  const sums = new Map<string, number>();
  for (const { product, quantity } of rows)
    if (product?.active === true) {
      const { amountMinor, currency } = product.price;
      sums.set(currency, (sums.get(currency) ?? 0) + amountMinor * quantity);
    }
  return [...sums].map(([currency, sum]) => formattedOf(sum, currency)).join(' + ');
};

function Quantity({ row: { productId, quantity, product } }: { readonly row: Row }) {
  const cart = useCartWords();
  const [typed, setTyped] = useState<string>();
  return (
    <Form
      submit={cart.change}
      isRunning={false}
      problem={undefined}
      onSubmit={({ quantity: wanted }) => {
        setGuestLine(productId, Number(wanted));
        setTyped(undefined);
      }}
    >
      <Input
        name="quantity"
        label={cart.quantityOf(product?.name ?? cart.goneProduct)}
        type="number"
        min={1}
        max={QUANTITY_MAX}
        step={1}
        value={typed ?? quantity}
        onChange={({ target }) => setTyped(target.value)}
        required
      />
    </Form>
  );
}

function GuestLines({ lines }: { readonly lines: readonly GuestLine[] }) {
  const cart = useCartWords();
  const shown = useShown(guestProducts, { ids: lines.map(({ productId }) => productId) });
  return (
    <Loaded shown={shown}>
      {({ nodes }) => {
        const rows = rowsOf(lines, nodes ?? []);
        return (
          <>
            <Table
              caption={cart.title}
              rows={rows}
              keyOf={({ productId }) => productId}
              columns={[
                {
                  title: cart.product,
                  cell: ({ productId, product }) =>
                    product === undefined ? (
                      cart.goneProduct
                    ) : (
                      <>
                        <Link to="/products/$id" params={{ id: productId }}>
                          {product.name}
                        </Link>
                        {!product.active && (
                          <>
                            <br />
                            <small className="help">
                              <OffSale of={product} />
                            </small>
                          </>
                        )}
                      </>
                    ),
                },
                { title: cart.price, cell: ({ product }) => product?.price.formatted, isFigure: true },
                { title: cart.quantity, cell: (row) => <Quantity row={row} /> },
                { title: cart.total, cell: (row) => totalOf([row]), isFigure: true },
                {
                  title: cart.remove,
                  cell: ({ productId }) => (
                    <button type="button" onClick={() => setGuestLine(productId, 0)}>
                      {cart.remove}
                    </button>
                  ),
                },
              ]}
            />
            <p className="price">
              {cart.total}: {totalOf(rows)}
            </p>
            <p>{cart.guest}</p>
            <p>
              <Link className="button" to="/log-in" search={{ next: '/checkout' }}>
                {cart.checkout}
              </Link>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

/** The cart of a guest, which only this browser has, at the prices of now. */
export function GuestCart() {
  const cart = useCartWords();
  const lines = useGuestLines();
  return <Page title={cart.title}>{lines.length === 0 ? <EmptyCart /> : <GuestLines lines={lines} />}</Page>;
}

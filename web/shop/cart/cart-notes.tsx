import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql, useShown } from '../../api';
import { useTexts } from '../../text';
import { useCartWords } from '../../text/cart';
import { Empty } from '../../ui/states';
import { useGuestLines, useMergeGuestCart, useSkippedLines, type SkippedLine } from './guest-lines';

const skippedProducts = graphql(`
  query SkippedProducts($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Product {
        id
        name: fullName
      }
    }
  }
`);

function SkippedLines({ skipped }: { readonly skipped: readonly SkippedLine[] }) {
  const cart = useCartWords();
  const { reasonOf } = useTexts();
  const { data } = useShown(skippedProducts, { ids: skipped.map(({ productId }) => productId) });
  const names = new Map(
    data?.nodes?.flatMap((node) => (node?.__typename === 'Product' ? [[node.id, node.name] as const] : [])),
  );
  return (
    <div role="status">
      <p>{cart.skipped}</p>
      <ul>
        {skipped.map(({ productId, code, message }, index) => (
          <li key={index}>
            <Link to="/products/$id" params={{ id: productId }}>
              {names.get(productId) ?? cart.product}
            </Link>
            : {reasonOf(code, message)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Tells what became of the cart that the customer had before the log-in, where not all of it is in the cart of the account. */
export function GuestCartNote() {
  const cart = useCartWords();
  const left = useGuestLines();
  const skipped = useSkippedLines();
  const merge = useMergeGuestCart();
  const [isRunning, setRunning] = useState(false);
  const again = async (): Promise<void> => {
    if (isRunning) return;
    setRunning(true);
    await merge().finally(() => setRunning(false));
  };
  return (
    <>
      {left.length > 0 && (
        <p role="status">
          {cart.notMerged(left.length)}{' '}
          <button type="button" aria-disabled={isRunning} onClick={() => void again()}>
            {cart.merge}
          </button>
        </p>
      )}
      {skipped.length > 0 && <SkippedLines skipped={skipped} />}
    </>
  );
}

/** Says that the cart is empty, with the way to the shop. */
export function EmptyCart() {
  const cart = useCartWords();
  const { state } = useTexts();
  return (
    <>
      <GuestCartNote />
      <Empty>
        {cart.empty} <Link to="/">{state.home}</Link>
      </Empty>
    </>
  );
}

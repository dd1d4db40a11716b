import { useEffect, useState } from 'react';
import { graphql, rejection, useSend, type Problem, type ResultOf } from '../../api';
import { Moment } from '../../ui/moment';
import { taxFields } from '../../ui/order-tax';
import type { Cart } from '../cart/cart-fields';
import { isChosen, type DeliveryWish } from './delivery-choice';
import { useQuoteWords } from './quote-words';
import type { ChosenShipping } from './shipping';

const quoteCart = graphql(
  `
    mutation QuoteCart($input: QuoteCartInput!) {
      quoteCart(input: $input) {
        __typename
        ... on QuoteCartSuccess {
          consistencyToken
          quote
          validUntil
          total {
            amountMinor
            currency
            formatted
          }
          tax {
            ...TaxFields
          }
          changes {
            productId
            was {
              formatted
            }
            now {
              formatted
            }
          }
          changed
        }
        ...Rejection
      }
    }
  `,
  [taxFields, rejection],
);

const TYPING_MS = 300;
/** The least time between two renewals, for visitors whose clock is wrong. */
const RENEW_MS = 60_000;

type Quoted = Extract<ResultOf<typeof quoteCart>['quoteCart'], { readonly __typename: 'QuoteCartSuccess' }>;

/** The price of the order that is being placed, which holds for a time. */
export type HeldPrice = {
  /** Undefined while there is none for what is chosen. */
  readonly quote: Quoted | undefined;
  readonly problem: Problem | undefined;
  /** Gets a new quote, which says what has changed since the last one. */
  readonly renew: () => void;
};

/** Quotes the cart for a delivery as soon as that is chosen, and again when one of them changes or the time is over. */
export const useQuote = (
  cart: Cart,
  wish: DeliveryWish,
  { methodId, total }: Pick<ChosenShipping, 'methodId' | 'total'>,
): HeldPrice => {
  const send = useSend(quoteCart);
  const [held, setHeld] = useState<{
    readonly of: string;
    readonly quote?: Quoted;
    readonly problem?: Problem;
  }>();
  const [since, setSince] = useState<string>();
  const of = JSON.stringify({
    input: { ...wish, shippingMethodId: methodId ?? null, since: since ?? null },
    // What is quoted, although it is not sent.
    coupon: cart.offer?.coupon,
    goods: cart.lines.map(({ productId, quantity, unitPrice }) => [
      productId,
      quantity,
      unitPrice.amountMinor,
    ]),
  });
  // The methods are known then, and one is chosen if there are any.
  const isReady = isChosen(wish) && total !== null;
  const isHeld = held?.of === of;
  useEffect(() => {
    if (!isReady || isHeld) return undefined;
    let isWanted = true;
    const { input } = JSON.parse(of) as { readonly input: Parameters<typeof send>[0] };
    const ask = async (): Promise<void> => {
      const outcome = await send(input, null);
      if (!isWanted) return;
      setHeld(outcome.success ? { of, quote: outcome.success } : { of, problem: outcome.problem });
    };
    // A place is typed key by key.
    const timer = setTimeout(() => void ask(), TYPING_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [of, isReady, isHeld, send]);
  const shown = isHeld && isReady ? held : undefined;
  const quote = shown?.quote;
  useEffect(() => {
    if (quote === undefined) return undefined;
    const left = Date.parse(quote.validUntil) - Date.now();
    const timer = setTimeout(() => setSince(quote.quote), Math.max(RENEW_MS, left));
    return () => clearTimeout(timer);
  }, [quote]);
  const renew = (): void => {
    if (quote === undefined) setHeld(undefined);
    else setSince(quote.quote);
  };
  return { quote, problem: shown?.problem, renew };
};

/** Says until when the price holds, and what has changed. */
export function QuoteNote({ of: { quote }, cart }: { readonly of: HeldPrice; readonly cart: Cart }) {
  const words = useQuoteWords();
  if (quote === undefined) return null;
  const names = new Map(cart.lines.map(({ productId, name }) => [productId, name]));
  const { changes, changed, validUntil } = quote;
  return (
    <div role="status">
      {changes.length > 0 && (
        <>
          <p>{words.now}</p>
          <ul>
            {changes.map(({ productId, was, now }) => (
              <li key={productId}>{words.price(names.get(productId) ?? '', was.formatted, now.formatted)}</li>
            ))}
          </ul>
        </>
      )}
      {changed.length > 0 && (
        <p>
          {words.changed} {changed.map((part) => words.parts[part as keyof typeof words.parts]).join(', ')}.
        </p>
      )}
      <p>
        {words.held} <Moment at={validUntil} />
      </p>
    </div>
  );
}

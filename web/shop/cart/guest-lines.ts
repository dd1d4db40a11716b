import { graphql, observable, onAccountChange, rejection, useObservable, useSend } from '../../api';
import { cartFields } from './cart-fields';
import { containsLines, withoutLines, type GuestLine } from './guest-moves';

/** A line that could not be taken over at the log-in, with the reason of the server. */
export type SkippedLine = { readonly productId: string; readonly code: string; readonly message: string };

const KEY = 'waybill.guest-cart';
const MOVE_KEY = 'waybill.guest-cart-move';
/** As many as the server takes over at once. */
const LINES_MAX = 100;

const isLine = (value: unknown): value is GuestLine => {
  const { productId, quantity } = (value ?? {}) as Partial<GuestLine>;
  return typeof productId === 'string' && Number.isSafeInteger(quantity) && Number(quantity) > 0;
};

const read = (key: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return undefined;
  }
};

const linesIn = (value: unknown): readonly GuestLine[] =>
  Array.isArray(value) ? value.filter(isLine).slice(0, LINES_MAX) : [];

const stored = (): readonly GuestLine[] => linesIn(read(KEY));

const lines = observable(stored());
const skippedLines = observable<readonly SkippedLine[]>([]);

addEventListener('storage', ({ key }) => {
  if (key === KEY || key === null) lines.set(stored());
});

// They are about the cart of one account.
onAccountChange('customer', () => skippedLines.set([]));

const keep = (changed: readonly GuestLine[]): void => {
  if (changed.length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(changed));
  lines.set(changed);
};

export const useGuestLines = (): readonly GuestLine[] => useObservable(lines);

export const useSkippedLines = (): readonly SkippedLine[] => useObservable(skippedLines);

/** Sets the quantity of a product; 0 removes it. @returns false if the cart has no room for another product. */
export const setGuestLine = (productId: string, quantity: number): boolean => {
  const before = lines.get();
  const isThere = before.some((line) => line.productId === productId);
  if (!isThere && before.length >= LINES_MAX) return false;
  const changed = isThere
    ? before.map((line) => (line.productId === productId ? { productId, quantity } : line))
    : [...before, { productId, quantity }];
  keep(changed.filter((line) => line.quantity > 0));
  return true;
};

/** Adds pieces of a product. @returns false if the cart has no room for another product. */
export const addGuestLine = ({ productId, quantity }: GuestLine): boolean => {
  const there = lines.get().find((line) => line.productId === productId)?.quantity ?? 0;
  return setGuestLine(productId, there + quantity);
};

const mergeCart = graphql(
  `
    mutation MergeCart($input: MergeCartInput!) {
      mergeCart(input: $input) {
        __typename
        ... on MergeCartSuccess {
          consistencyToken
          skipped {
            productId
            code
            message
          }
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

/** The longest time for which a page waits for the server before it goes on. */
const WAIT_MS = 3_000;

/** The move that is under way, in whichever page it began, so that nothing is added twice. */
let moving: Promise<void> | undefined;

type Move = { readonly key: string; readonly lines: readonly GuestLine[] };

/**
 * Returns the lines to send with their key. A move without an answer, also one from before a restart of the browser, is sent again
 * as it was, because the server may have taken it over; what was added since follows under a key of its own.
 */
const nextMove = (): Move => {
  const { key, lines: sent } = (read(MOVE_KEY) ?? {}) as Partial<Move>;
  const unanswered = linesIn(sent);
  if (typeof key === 'string' && unanswered.length > 0 && containsLines(stored(), unanswered))
    return { key, lines: unanswered };
  const move = { key: crypto.randomUUID(), lines: stored() };
  localStorage.setItem(MOVE_KEY, JSON.stringify(move));
  return move;
};

/**
 * Returns a function that moves the cart of this browser to that of the signed-in account. If the server does not answer soon, the
 * lines stay here until it does, and the cart offers to try again.
 */
export const useMergeGuestCart = (): (() => Promise<void>) => {
  const send = useSend(mergeCart);
  const move = async (): Promise<void> => {
    while (stored().length > 0) {
      const { key, lines: sent } = nextMove();
      const outcome = await send({ lines: [...sent] }, key);
      if (outcome.success === undefined) {
        if (outcome.answer) localStorage.removeItem(MOVE_KEY);
        return;
      }
      skippedLines.set([...skippedLines.get(), ...outcome.success.skipped]);
      keep(withoutLines(stored(), sent));
      localStorage.removeItem(MOVE_KEY);
    }
  };
  return () => {
    moving ??= move().finally(() => (moving = undefined));
    return Promise.race([moving, new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS))]);
  };
};

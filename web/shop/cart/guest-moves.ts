/** A line of a cart that only this browser has. */
export type GuestLine = { readonly productId: string; readonly quantity: number };

/** The highest quantity of a product in a cart. */
export const QUANTITY_MAX = 100_000;

const quantitiesIn = (lines: readonly GuestLine[]): ReadonlyMap<string, number> =>
  new Map(lines.map(({ productId, quantity }) => [productId, quantity]));

/** Returns whether all pieces of some lines are still among the present ones. */
export const containsLines = (present: readonly GuestLine[], some: readonly GuestLine[]): boolean => {
  const quantities = quantitiesIn(present);
  return some.every(({ productId, quantity }) => (quantities.get(productId) ?? 0) >= quantity);
};

/** Returns what is left of the present lines without the pieces that were moved: what this or another tab added meanwhile. */
export const withoutLines = (
  present: readonly GuestLine[],
  moved: readonly GuestLine[],
): readonly GuestLine[] => {
  const quantities = quantitiesIn(moved);
  return present
    .map(({ productId, quantity }) => ({
      productId,
      quantity: quantity - (quantities.get(productId) ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0);
};

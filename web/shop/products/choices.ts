/** A product of a family, as a choice looks at it. */
export type VariantChoice = {
  readonly productId: string;
  readonly values: readonly string[];
  readonly isSold: boolean;
  readonly isInStock: boolean;
};

/** A value of an option: the product that it leads to, and the reason why it is not the plain choice. */
export type ValueChoice = {
  readonly value: string;
  readonly productId: string | undefined;
  readonly obstacle:
    | { readonly kind: 'sold-out' | 'not-sold' | 'never' }
    /** Another value of another option comes with it. */
    | { readonly kind: 'otherwise'; readonly values: readonly string[] }
    | undefined;
};

const likeness = (some: readonly string[], others: readonly string[]): number =>
  some.filter((value, index) => value === others[index]).length;

/** Returns the choice of each value of an option, while the values of the other options stay as they are, if they can. */
export const choicesOf = (
  known: readonly string[],
  option: number,
  chosen: readonly string[],
  variants: readonly VariantChoice[],
): readonly ValueChoice[] =>
  known.map((value): ValueChoice => {
    const wanted = chosen.map((other, index) => (index === option ? value : other));
    const having = variants.filter(({ values }) => values[option] === value);
    // The likest, and of these one that can be bought.
    const [found] = [...having].sort(
      (one, other) =>
        likeness(other.values, wanted) - likeness(one.values, wanted) ||
        Number(other.isSold && other.isInStock) - Number(one.isSold && one.isInStock),
    );
    if (found === undefined) return { value, productId: undefined, obstacle: { kind: 'never' } };
    const { productId, values, isSold, isInStock } = found;
    if (likeness(values, wanted) < wanted.length)
      return {
        value,
        productId,
        obstacle: { kind: 'otherwise', values: values.filter((other, index) => other !== wanted[index]) },
      };
    if (!isSold) return { value, productId, obstacle: { kind: 'not-sold' } };
    return { value, productId, obstacle: isInStock ? undefined : { kind: 'sold-out' } };
  });

import { unreachable, type AccountId, type ProductId } from '../kernel';
import type { FamilyOption, ProductFamilyEvent, Variant } from './events';

export type KnownFamily = {
  readonly status: 'ACTIVE' | 'RETIRED';
  readonly name: string;
  readonly options: readonly FamilyOption[];
  readonly sellerId?: AccountId | undefined;
  /** In the order in which they were added. */
  readonly variants: readonly Variant[];
  /** The last claim of each product, also of those that have left. A claim makes a variant once, and not after its end. */
  readonly claims: ReadonlyMap<ProductId, number>;
};

export type ProductFamilyState = { readonly status: 'NONE' } | KnownFamily;

const existing = (state: ProductFamilyState, event: ProductFamilyEvent): KnownFamily => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ProductFamilyCreated`);
  return state;
};

/** Returns the variants without that of a product. */
export const withoutProduct = ({ variants }: KnownFamily, productId: ProductId): readonly Variant[] =>
  variants.filter((one) => one.productId !== productId);

export const initial: ProductFamilyState = { status: 'NONE' };

export const evolve = (state: ProductFamilyState, event: ProductFamilyEvent): ProductFamilyState => {
  switch (event.type) {
    case 'ProductFamilyCreated': {
      const { name, options, sellerId } = event.data;
      return { status: 'ACTIVE', name, options, sellerId, variants: [], claims: new Map() };
    }
    case 'ProductVariantAdded': {
      const family = existing(state, event);
      const { productId, values, claim } = event.data;
      return {
        ...family,
        variants: [...withoutProduct(family, productId), { productId, values }],
        claims: new Map(family.claims).set(productId, claim),
      };
    }
    case 'ProductVariantChanged': {
      const family = existing(state, event);
      const { productId, values } = event.data;
      const changed = family.variants.map((one) =>
        one.productId === productId ? { productId, values } : one,
      );
      return { ...family, variants: changed };
    }
    case 'ProductVariantRemoved': {
      const family = existing(state, event);
      const { productId, claim } = event.data;
      const claims = new Map(family.claims).set(productId, claim);
      return { ...family, variants: withoutProduct(family, productId), claims };
    }
    case 'ProductFamilyDescribed': {
      const { name, options, variants } = event.data;
      return { ...existing(state, event), name, options, variants };
    }
    case 'ProductFamilyRetired':
      return { ...existing(state, event), status: 'RETIRED', variants: [] };
    default:
      return unreachable(event);
  }
};

/** Returns a product of the family with its values. */
export const variantOf = (family: KnownFamily, productId: ProductId): Variant | undefined =>
  family.variants.find((one) => one.productId === productId);

/** Returns the values of a product in its family; none where it is no variant of it. */
export const valuesOfVariant = (state: ProductFamilyState, productId: ProductId): readonly string[] =>
  state.status === 'NONE' ? [] : (variantOf(state, productId)?.values ?? []);

/** Returns the name under which a product is sold: with the values that tell it from its family. */
export const variantName = (name: string, values: readonly string[]): string =>
  values.length === 0 ? name : `${name} (${values.join(', ')})`;

import { unreachable, type AccountId, type ProductFamilyId, type SerialNumber } from '../kernel';
import type { Money } from '../money';
import type { ProductEvent, ProductRegistered } from './events';

/** A registered product with its current name and price, as carts and orders use it. */
export type KnownProduct = {
  readonly status: 'ACTIVE' | 'DISCONTINUED';
  readonly number: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl?: string | undefined;
  readonly sellerId?: AccountId | undefined;
  /** Absent where the product was never weighed. */
  readonly weightGrams?: number | undefined;
  /** Absent where the product has none in particular. */
  readonly unit?: string | undefined;
  /** Absent where the product belongs to no family. */
  readonly familyId?: ProductFamilyId | undefined;
  /** The number of times that the product joined a family. */
  readonly claim?: number | undefined;
};

export type ProductState = { readonly status: 'NONE' } | KnownProduct;

export const initial: ProductState = { status: 'NONE' };

const existing = (state: ProductState, event: ProductEvent): KnownProduct => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ProductRegistered`);
  return state;
};

const registered = (data: ProductRegistered['data']): KnownProduct => {
  const { number, sku, name, description, category, price, imageUrl, sellerId } = data;
  return { status: 'ACTIVE', number, sku, name, description, category, price, imageUrl, sellerId };
};

/** Removes the picture that a new description has not. */
const described = (
  known: Omit<KnownProduct, 'name' | 'description' | 'category' | 'imageUrl'>,
  {
    name,
    description,
    category,
    imageUrl,
  }: Pick<KnownProduct, 'name' | 'description' | 'category' | 'imageUrl'>,
): KnownProduct => ({ ...known, name, description, category, imageUrl });

export const evolve = (state: ProductState, event: ProductEvent): ProductState => {
  switch (event.type) {
    case 'ProductRegistered':
      return registered(event.data);
    case 'ProductPriceChanged':
      return { ...existing(state, event), price: event.data.price };
    case 'ProductDescribed':
      return described(existing(state, event), event.data);
    case 'ProductDiscontinued':
      return { ...existing(state, event), status: 'DISCONTINUED' };
    case 'ProductReinstated':
      return { ...existing(state, event), status: 'ACTIVE' };
    case 'ProductWeighed':
      return { ...existing(state, event), weightGrams: event.data.weightGrams };
    case 'ProductUnitSet':
      return { ...existing(state, event), unit: event.data.unit === '' ? undefined : event.data.unit };
    case 'ProductJoinedFamily': {
      const { familyId, claim } = event.data;
      return { ...existing(state, event), familyId, claim };
    }
    case 'ProductLeftFamily':
      return { ...existing(state, event), familyId: undefined };
    default:
      return unreachable(event);
  }
};

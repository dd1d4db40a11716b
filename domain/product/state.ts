import { unreachable } from '../kernel';
import type { AccountId, SerialNumber } from '../kernel';
import type { Money } from '../money';
import type { ProductEvent } from './events';

/** A product as carts and orders take it: what it is called and what it costs now. */
export type KnownProduct = {
  readonly status: 'ACTIVE' | 'DISCONTINUED';
  readonly number: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl?: string;
  readonly sellerId?: AccountId;
};
export type ProductState = { readonly status: 'NONE' } | KnownProduct;

export const initial: ProductState = { status: 'NONE' };

const known = (state: ProductState, event: ProductEvent): KnownProduct => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ProductRegistered`);
  return state;
};

const described = (
  { status, number, sku, price, sellerId }: KnownProduct,
  {
    name,
    description,
    category,
    imageUrl,
  }: Pick<KnownProduct, 'name' | 'description' | 'category' | 'imageUrl'>,
): KnownProduct => ({
  status,
  number,
  sku,
  name,
  description,
  category,
  price,
  ...(imageUrl === undefined ? {} : { imageUrl }),
  ...(sellerId === undefined ? {} : { sellerId }),
});

export const evolve = (state: ProductState, event: ProductEvent): ProductState => {
  switch (event.type) {
    case 'ProductRegistered':
      return described({ status: 'ACTIVE', ...event.data }, event.data);
    case 'ProductPriceChanged':
      return { ...known(state, event), price: event.data.price };
    case 'ProductDescribed':
      return described(known(state, event), event.data);
    case 'ProductDiscontinued':
      return { ...known(state, event), status: 'DISCONTINUED' };
    case 'ProductReinstated':
      return { ...known(state, event), status: 'ACTIVE' };
    default:
      return unreachable(event);
  }
};

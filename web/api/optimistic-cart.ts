import type { Cache, DataFields, OptimisticMutationResolver } from '@urql/exchange-graphcache';
import { formattedOf } from '../ui/money';

type Key = string;
type Price = { readonly amountMinor: number; readonly currency: string };

const priceAt = (cache: Cache, key: Key): Price => ({
  amountMinor: cache.resolve(key, 'amountMinor') as number,
  currency: cache.resolve(key, 'currency') as string,
});

const moneyOf = ({ amountMinor, currency }: Price): DataFields => ({
  ...{ __typename: 'Money', amountMinor, currency, formatted: formattedOf(amountMinor, currency) },
});

/** Returns a line of the cart as the server will show it: a changed line takes the present price. */
const lineAt = (
  cache: Cache,
  key: Key,
  changed: { readonly productId: string; readonly quantity: number },
) => {
  const text = (field: string): string => cache.resolve(key, field) as string;
  const productId = text('productId');
  const isChanged = productId === changed.productId;
  const product = cache.resolve(key, 'product') as Key | null;
  const present = product === null ? undefined : priceAt(cache, cache.resolve(product, 'price') as Key);
  const accepted = priceAt(cache, cache.resolve(key, 'unitPrice') as Key);
  const unitPrice = isChanged ? (present ?? accepted) : accepted;
  const quantity = isChanged ? changed.quantity : (cache.resolve(key, 'quantity') as number);
  const total = { ...unitPrice, amountMinor: unitPrice.amountMinor * quantity };
  const fields: DataFields = {
    ...{ __typename: 'CartLine', productId, sku: text('sku'), name: text('name'), quantity },
    unitPrice: moneyOf(unitPrice),
    total: moneyOf(total),
    product:
      product === null || present === undefined
        ? null
        : { __typename: 'Product', id: cache.resolve(product, 'id') as string, price: moneyOf(present) },
  };
  return { fields, quantity, total };
};

/**
 * Shows a changed quantity and its sums before the server has answered. The cache takes this back if the server refuses the
 * change or cannot be reached.
 */
export const optimisticCartLine: OptimisticMutationResolver = (args, cache) => {
  const changed = args['input'] as { readonly productId: string; readonly quantity: number };
  const cart = cache.resolve('Query', 'cart') as Key | null | undefined;
  const keys = cart ? (cache.resolve(cart, 'lines') as readonly Key[] | undefined) : undefined;
  const lines = keys?.map((key) => lineAt(cache, key, changed)) ?? [];
  const [first] = lines;
  if (first === undefined) return null;
  const amountMinor = lines.reduce((sum, { total }) => sum + total.amountMinor, 0);
  return {
    __typename: 'ChangeCartLineSuccess',
    consistencyToken: null,
    cart: {
      __typename: 'Cart',
      itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      total: moneyOf({ amountMinor, currency: first.total.currency }),
      // Only the server knows which promotions apply now.
      offer: null,
      lines: lines.map(({ fields }) => fields),
    },
  };
};

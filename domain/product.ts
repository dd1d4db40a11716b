import {
  isBlank,
  accept,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type ProductId,
  type SerialNumber,
} from './kernel';
import { equals, isPositive, type CurrencyCode, type Money } from './money';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type ProductRegistered = Fact<
  'ProductRegistered',
  {
    productId: ProductId;
    number: SerialNumber;
    sku: string;
    name: string;
    description: string;
    category: string;
    price: Money;
    imageUrl?: string | undefined;
    sellerId?: AccountId | undefined;
    registeredAt: Instant;
  }
>;

export type ProductPriceChanged = Fact<
  'ProductPriceChanged',
  { productId: ProductId; price: Money; previous: Money; changedAt: Instant }
>;

export type ProductDescribed = Fact<
  'ProductDescribed',
  {
    productId: ProductId;
    name: string;
    description: string;
    category: string;
    imageUrl?: string | undefined;
    describedAt: Instant;
  }
>;

export type ProductDiscontinued = Fact<
  'ProductDiscontinued',
  { productId: ProductId; discontinuedAt: Instant }
>;

export type ProductReinstated = Fact<'ProductReinstated', { productId: ProductId; reinstatedAt: Instant }>;

export type ProductEvent =
  ProductRegistered | ProductPriceChanged | ProductDescribed | ProductDiscontinued | ProductReinstated;

export const productEventTypes = {
  ProductRegistered: true,
  ProductPriceChanged: true,
  ProductDescribed: true,
  ProductDiscontinued: true,
  ProductReinstated: true,
} as const satisfies Record<ProductEvent['type'], true>;

type RegisterProduct = {
  readonly type: 'RegisterProduct';
  readonly productId: ProductId;
  readonly number: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl?: string | undefined;
  readonly sellerId?: AccountId | undefined;
  readonly at: Instant;
};

type ChangeProductPrice = {
  readonly type: 'ChangeProductPrice';
  readonly productId: ProductId;
  readonly price: Money;
  readonly at: Instant;
};

type DescribeProduct = {
  readonly type: 'DescribeProduct';
  readonly productId: ProductId;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly imageUrl?: string | undefined;
  readonly at: Instant;
};

type DiscontinueProduct = {
  readonly type: 'DiscontinueProduct';
  readonly productId: ProductId;
  readonly at: Instant;
};

type ReinstateProduct = {
  readonly type: 'ReinstateProduct';
  readonly productId: ProductId;
  readonly at: Instant;
};

export type ProductCommand =
  RegisterProduct | ChangeProductPrice | DescribeProduct | DiscontinueProduct | ReinstateProduct;

export type ProductRejection =
  | { readonly code: 'PRODUCT_NOT_FOUND'; readonly productId: ProductId }
  | { readonly code: 'PRODUCT_ALREADY_REGISTERED'; readonly productId: ProductId; readonly sku: string }
  | { readonly code: 'PRICE_NOT_POSITIVE'; readonly price: Money }
  | { readonly code: 'CURRENCY_CHANGED'; readonly was: CurrencyCode; readonly now: CurrencyCode }
  | { readonly code: 'SKU_EMPTY' }
  | { readonly code: 'NAME_EMPTY' };

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
};

export type ProductState = { readonly status: 'NONE' } | KnownProduct;

const initial: ProductState = { status: 'NONE' };

const existing = (state: ProductState, event: ProductEvent): KnownProduct => {
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
  imageUrl,
  sellerId,
});

const evolve = (state: ProductState, event: ProductEvent): ProductState => {
  switch (event.type) {
    case 'ProductRegistered':
      return described({ status: 'ACTIVE', ...event.data }, event.data);
    case 'ProductPriceChanged':
      return { ...existing(state, event), price: event.data.price };
    case 'ProductDescribed':
      return described(existing(state, event), event.data);
    case 'ProductDiscontinued':
      return { ...existing(state, event), status: 'DISCONTINUED' };
    case 'ProductReinstated':
      return { ...existing(state, event), status: 'ACTIVE' };
    default:
      return unreachable(event);
  }
};

type ProductDecision = Decision<ProductEvent, ProductRejection>;

const notFound = (productId: ProductId): ProductDecision => reject({ code: 'PRODUCT_NOT_FOUND', productId });

const registerProduct = (command: RegisterProduct, state: ProductState): ProductDecision => {
  const { productId, number, sku, name, description, category, price, imageUrl, sellerId, at } = command;
  if (state.status !== 'NONE') {
    // A serial number is assigned once, so the same number means a repeat of the same command.
    return state.number === number
      ? accept()
      : reject({ code: 'PRODUCT_ALREADY_REGISTERED', productId, sku: state.sku });
  }
  // People and warehouses distinguish products by SKU and name.
  if (isBlank(sku)) return reject({ code: 'SKU_EMPTY' });
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  // No product is free of charge.
  if (!isPositive(price)) return reject({ code: 'PRICE_NOT_POSITIVE', price });
  return accept({
    type: 'ProductRegistered',
    data: {
      productId,
      number,
      sku,
      name,
      description,
      category,
      price,
      imageUrl,
      sellerId,
      registeredAt: at,
    },
  });
};

const changeProductPrice = (
  { productId, price, at }: ChangeProductPrice,
  state: ProductState,
): ProductDecision => {
  if (state.status === 'NONE') return notFound(productId);
  // No product is free of charge.
  if (!isPositive(price)) return reject({ code: 'PRICE_NOT_POSITIVE', price });
  // Carts hold lines of one currency, so a product keeps its first currency.
  if (price.currency !== state.price.currency)
    return reject({ code: 'CURRENCY_CHANGED', was: state.price.currency, now: price.currency });
  if (equals(price, state.price)) return accept();
  return accept({
    type: 'ProductPriceChanged',
    data: { productId, price, previous: state.price, changedAt: at },
  });
};

const isDescribedSo = (state: KnownProduct, command: DescribeProduct): boolean =>
  state.name === command.name &&
  state.description === command.description &&
  state.category === command.category &&
  state.imageUrl === command.imageUrl;

const describeProduct = (command: DescribeProduct, state: ProductState): ProductDecision => {
  const { productId, name, description, category, imageUrl, at } = command;
  if (state.status === 'NONE') return notFound(productId);
  // A product without a name cannot be found.
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  if (isDescribedSo(state, command)) return accept();
  return accept({
    type: 'ProductDescribed',
    data: {
      productId,
      name,
      description,
      category,
      imageUrl,
      describedAt: at,
    },
  });
};

const discontinueProduct = ({ productId, at }: DiscontinueProduct, state: ProductState): ProductDecision => {
  switch (state.status) {
    case 'NONE':
      return notFound(productId);
    case 'DISCONTINUED':
      return accept();
    case 'ACTIVE':
      return accept({ type: 'ProductDiscontinued', data: { productId, discontinuedAt: at } });
    default:
      return unreachable(state);
  }
};

const reinstateProduct = ({ productId, at }: ReinstateProduct, state: ProductState): ProductDecision => {
  switch (state.status) {
    case 'NONE':
      return notFound(productId);
    case 'ACTIVE':
      return accept();
    case 'DISCONTINUED':
      return accept({ type: 'ProductReinstated', data: { productId, reinstatedAt: at } });
    default:
      return unreachable(state);
  }
};

const decide = (command: ProductCommand, state: ProductState): ProductDecision => {
  switch (command.type) {
    case 'RegisterProduct':
      return registerProduct(command, state);
    case 'ChangeProductPrice':
      return changeProductPrice(command, state);
    case 'DescribeProduct':
      return describeProduct(command, state);
    case 'DiscontinueProduct':
      return discontinueProduct(command, state);
    case 'ReinstateProduct':
      return reinstateProduct(command, state);
    default:
      return unreachable(command);
  }
};

export const product: Decider<ProductState, ProductCommand, ProductEvent, ProductRejection> = {
  category: 'product',
  initial,
  decide,
  evolve,
};

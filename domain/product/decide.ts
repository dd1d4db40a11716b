import { accept, reject, unreachable } from '../kernel';
import type { Decision, ProductId } from '../kernel';
import { equals, isPositive } from '../money';
import type {
  ChangeProductPrice,
  DescribeProduct,
  DiscontinueProduct,
  ProductCommand,
  RegisterProduct,
  ReinstateProduct,
} from './commands';
import type { ProductEvent } from './events';
import type { ProductRejection } from './rejections';
import type { KnownProduct, ProductState } from './state';

type ProductDecision = Decision<ProductEvent, ProductRejection>;

const isBlank = (text: string): boolean => text.trim() === '';

const notFound = (productId: ProductId): ProductDecision => reject({ code: 'PRODUCT_NOT_FOUND', productId });

const registerProduct = (command: RegisterProduct, state: ProductState): ProductDecision => {
  const { productId, number, sku, name, description, category, price, imageUrl, sellerId, at } = command;
  if (state.status !== 'NONE') {
    // A serial number is given out once, so the same number is the same command.
    return state.number === number
      ? accept()
      : reject({ code: 'PRODUCT_ALREADY_REGISTERED', productId, sku: state.sku });
  }
  // People and warehouses tell products apart by SKU and name.
  if (isBlank(sku)) return reject({ code: 'SKU_EMPTY' });
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  // Nothing is sold for nothing.
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
      ...(imageUrl === undefined ? {} : { imageUrl }),
      ...(sellerId === undefined ? {} : { sellerId }),
      registeredAt: at,
    },
  });
};

const changeProductPrice = (
  { productId, price, at }: ChangeProductPrice,
  state: ProductState,
): ProductDecision => {
  if (state.status === 'NONE') return notFound(productId);
  // Nothing is sold for nothing.
  if (!isPositive(price)) return reject({ code: 'PRICE_NOT_POSITIVE', price });
  // Carts hold lines in one currency, so a product keeps the one that it began with.
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
  // A product without a name can't be found or told apart.
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  if (isDescribedSo(state, command)) return accept();
  return accept({
    type: 'ProductDescribed',
    data: {
      productId,
      name,
      description,
      category,
      ...(imageUrl === undefined ? {} : { imageUrl }),
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

export const decide = (command: ProductCommand, state: ProductState): ProductDecision => {
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

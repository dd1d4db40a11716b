import {
  accept,
  isAsSeen,
  isBlank,
  picturesLeftOut,
  picturesProblem,
  reject,
  unreachable,
  type Decision,
  type ProductId,
} from '../kernel';
import { equals, isPositive } from '../money';
import type {
  ChangeProductPrice,
  DescribeProduct,
  Description,
  DiscontinueProduct,
  JoinFamily,
  LeaveFamily,
  ProductCommand,
  ProductRejection,
  RegisterProduct,
  ReinstateProduct,
  SetProductPictures,
  SetProductTaxCategory,
  SetProductUnit,
  WeighProduct,
} from './commands';
import type { ProductEvent, ProductPicture } from './events';
import {
  applyScheduledPrices,
  cancelScheduledPrice,
  changePriceInSale,
  schedulePrice,
} from './price-schedule';
import type { KnownProduct, ProductState } from './state';

/** The highest weight of one piece: a ton. So the weight of an order stays within 2^53. */
export const productWeightGramsMax = 1_000_000;

/** The number of pictures of a product. */
export const productPicturesMax = 8;

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
  { productId, price, expectedPrice, at }: ChangeProductPrice,
  state: ProductState,
): ProductDecision => {
  if (state.status === 'NONE') return notFound(productId);
  // No product is free of charge.
  if (!isPositive(price)) return reject({ code: 'PRICE_NOT_POSITIVE', price });
  // Carts hold lines of one currency, so a product keeps its first currency.
  if (price.currency !== state.price.currency)
    return reject({ code: 'CURRENCY_CHANGED', was: state.price.currency, now: price.currency });
  const { sale } = state;
  if (equals(price, state.price) || (sale && equals(price, sale.regularPrice))) return accept();
  // Another person has changed the price, which the sender has not seen.
  const seen = [state.price, ...(sale ? [sale.regularPrice] : [])];
  if (expectedPrice !== undefined && !seen.some((one) => equals(one, expectedPrice)))
    return reject({ code: 'PRODUCT_CHANGED', productId });
  if (sale !== undefined) return accept(...changePriceInSale({ productId, price, at }, { ...state, sale }));
  return accept({
    type: 'ProductPriceChanged',
    data: { productId, price, previous: state.price, changedAt: at },
  });
};

const isDescribedSo = (state: KnownProduct, so: Description): boolean =>
  state.name === so.name &&
  state.description === so.description &&
  state.category === so.category &&
  state.imageUrl === so.imageUrl;

const describeProduct = (command: DescribeProduct, state: ProductState): ProductDecision => {
  const { productId, name, description, category, imageUrl, expected, at } = command;
  if (state.status === 'NONE') return notFound(productId);
  // A product without a name cannot be found.
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  if (isDescribedSo(state, command)) return accept();
  if (expected !== undefined && !isDescribedSo(state, expected))
    return reject({ code: 'PRODUCT_CHANGED', productId });
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

const weighProduct = (
  { productId, weightGrams, expectedWeightGrams, at }: WeighProduct,
  state: ProductState,
): ProductDecision => {
  if (state.status === 'NONE') return notFound(productId);
  const [min, max] = [1, productWeightGramsMax];
  if (!Number.isInteger(weightGrams) || weightGrams < min || weightGrams > max)
    return reject({ code: 'WEIGHT_OUT_OF_RANGE', weightGrams, min, max });
  if (state.weightGrams === weightGrams) return accept();
  if (!isAsSeen(expectedWeightGrams, state.weightGrams ?? 0))
    return reject({ code: 'PRODUCT_CHANGED', productId });
  return accept({ type: 'ProductWeighed', data: { productId, weightGrams, weighedAt: at } });
};

const setProductUnit = (
  { productId, unit, expectedUnit, at }: SetProductUnit,
  state: ProductState,
): ProductDecision => {
  if (state.status === 'NONE') return notFound(productId);
  const present = state.unit ?? '';
  if (present === unit) return accept();
  if (!isAsSeen(expectedUnit, present)) return reject({ code: 'PRODUCT_CHANGED', productId });
  return accept({ type: 'ProductUnitSet', data: { productId, unit, setAt: at } });
};

const setTaxCategory = (
  { productId, taxCategory, expectedTaxCategory, at }: SetProductTaxCategory,
  state: ProductState,
): ProductDecision => {
  if (state.status === 'NONE') return notFound(productId);
  const present = state.taxCategory ?? 'STANDARD';
  if (present === taxCategory) return accept();
  if (!isAsSeen(expectedTaxCategory, present)) return reject({ code: 'PRODUCT_CHANGED', productId });
  return accept({ type: 'ProductTaxCategorySet', data: { productId, taxCategory, setAt: at } });
};

const isSamePicture = (one: ProductPicture, other: ProductPicture | undefined): boolean =>
  one.pictureId === other?.pictureId && one.altEn === other.altEn && one.altZh === other.altZh;

const setProductPictures = (command: SetProductPictures, state: ProductState): ProductDecision => {
  const { productId, pictures, expected, at } = command;
  if (state.status === 'NONE') return notFound(productId);
  // A page shows them all at once.
  const problem = picturesProblem(pictures, productPicturesMax);
  if (problem !== undefined) return reject(problem);
  const { pictures: present = [] } = state;
  const isSame =
    pictures.length === present.length &&
    pictures.every((picture, index) => isSamePicture(picture, present[index]));
  if (isSame) return accept();
  const ids = present.map(({ pictureId }) => pictureId);
  // Another person has changed the pictures, which the sender has not seen.
  if (expected !== undefined && expected.join() !== ids.join())
    return reject({ code: 'PRODUCT_CHANGED', productId });
  const removed = picturesLeftOut(present, pictures);
  return accept({ type: 'ProductPicturesSet', data: { productId, pictures, removed, setAt: at } });
};

const joinFamily = (command: JoinFamily, state: ProductState): ProductDecision => {
  const { productId, familyId, values, at } = command;
  if (state.status === 'NONE') return notFound(productId);
  if (state.familyId === familyId) return accept();
  if (state.familyId !== undefined)
    return reject({ code: 'PRODUCT_IN_ANOTHER_FAMILY', productId, familyId: state.familyId });
  const claim = (state.claim ?? 0) + 1;
  return accept({ type: 'ProductJoinedFamily', data: { productId, familyId, claim, values, joinedAt: at } });
};

const leaveFamily = (command: LeaveFamily, state: ProductState): ProductDecision => {
  const { productId, familyId, at } = command;
  if (state.status === 'NONE') return notFound(productId);
  const claim = state.claim ?? 0;
  if (state.familyId !== familyId || (command.claim ?? claim) !== claim) return accept();
  return accept({ type: 'ProductLeftFamily', data: { productId, familyId, claim, leftAt: at } });
};

export const decide = (command: ProductCommand, state: ProductState): ProductDecision => {
  switch (command.type) {
    case 'RegisterProduct':
      return registerProduct(command, state);
    case 'ChangeProductPrice':
      return changeProductPrice(command, state);
    case 'SchedulePrice':
      return state.status === 'NONE' ? notFound(command.productId) : schedulePrice(command, state);
    case 'CancelScheduledPrice':
      return state.status === 'NONE' ? notFound(command.productId) : cancelScheduledPrice(command, state);
    case 'ApplyScheduledPrices':
      return state.status === 'NONE'
        ? notFound(command.productId)
        : accept(...applyScheduledPrices(command.productId, state, command.at));
    case 'DescribeProduct':
      return describeProduct(command, state);
    case 'DiscontinueProduct':
      return discontinueProduct(command, state);
    case 'ReinstateProduct':
      return reinstateProduct(command, state);
    case 'WeighProduct':
      return weighProduct(command, state);
    case 'SetProductUnit':
      return setProductUnit(command, state);
    case 'SetProductTaxCategory':
      return setTaxCategory(command, state);
    case 'SetProductPictures':
      return setProductPictures(command, state);
    case 'JoinFamily':
      return joinFamily(command, state);
    case 'LeaveFamily':
      return leaveFamily(command, state);
    default:
      return unreachable(command);
  }
};

import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { ShippingMethodId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import type { Example } from './account-examples';
import { ids } from './edge';

const gbp = { amountMinor: 300, currency: 'GBP' as CurrencyCode };
const shippingMethodId = ids.review as string as ShippingMethodId;
const method = {
  ...{ name: 'Parcel', base: gbp, perKilogram: gbp, perDistance: gbp, origin: { x: 3, y: -9 } },
  freeFrom: gbp,
};

/** Examples of the mutations about shipping methods and weights. */
export const shippingExamples: {
  readonly [
    Name in Extract<MutationName, 'offerShippingMethod' | 'withdrawShippingMethod' | 'weighProduct'>
  ]: Example<Name>;
} = {
  offerShippingMethod: {
    input: method,
    sends: method,
    value: { shippingMethodId },
    // The read model does not show it yet.
    select: 'shippingMethod { id }',
    shows: { shippingMethod: null },
  },
  withdrawShippingMethod: {
    ...{ input: { shippingMethodId }, sends: { shippingMethodId }, value: {}, select: '', shows: {} },
  },
  weighProduct: {
    input: { productId: ids.mug, weightGrams: 350 },
    sends: { productId: ids.mug, weightGrams: 350 },
    value: {},
    select: 'product { id }',
    shows: { product: { id: ids.mug } },
  },
};

type ShippingCode = Extract<Rejection['code'], `SHIPPING_${string}` | 'WEIGHT_OUT_OF_RANGE'>;

/** One rejection of each code about shipping methods and weights, with figures. */
export const shippingSamples: {
  readonly [Code in ShippingCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  SHIPPING_METHOD_INVALID: { field: 'base' },
  SHIPPING_METHODS_FULL: { max: 20 },
  SHIPPING_METHOD_REQUIRED: { shippingMethodIds: [shippingMethodId] },
  SHIPPING_METHOD_NOT_OFFERED: { shippingMethodId },
  WEIGHT_OUT_OF_RANGE: { weightGrams: 0, min: 1, max: 1_000_000 },
};

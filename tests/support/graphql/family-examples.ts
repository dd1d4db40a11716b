import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { ProductFamilyId } from '../../../domain/kernel';
import type { Example } from './account-examples';
import { ids } from './edge';

const familyId = ids.review as string as ProductFamilyId;
const { mug, sam } = ids;
const options = [{ name: 'Size', values: ['S', 'M'] }];
const describedOptions = [{ name: 'Size', values: [{ value: 'Small', was: 'S' }, { value: 'M' }] }];
const variant = { familyId, productId: mug, values: ['S'] };
// The read model does not show it yet.
const unseen = { select: 'family { id }', shows: { family: null } };

/** Examples of the mutations about product families and units. */
export const familyExamples: {
  readonly [
    Name in Extract<MutationName, `${string}ProductFamily` | `${string}ProductVariant` | 'setProductUnit'>
  ]: Example<Name>;
} = {
  setProductUnit: {
    input: { productId: mug, unit: 'box' },
    sends: { productId: mug, unit: 'box' },
    value: {},
    select: 'product { id }',
    shows: { product: { id: mug } },
  },
  createProductFamily: {
    input: { name: 'Mugs', options, sellerId: sam },
    sends: { name: 'Mugs', options, sellerId: sam },
    value: { familyId },
    ...unseen,
  },
  describeProductFamily: {
    input: { familyId, name: 'Mugs', options: describedOptions },
    sends: { familyId, name: 'Mugs', options: describedOptions },
    value: { familyId },
    ...unseen,
  },
  addProductVariant: { input: variant, sends: variant, value: { familyId, productId: mug }, ...unseen },
  changeProductVariant: { input: variant, sends: variant, value: { familyId, productId: mug }, ...unseen },
  removeProductVariant: {
    input: { familyId, productId: mug },
    sends: { familyId, productId: mug },
    value: { familyId, productId: mug },
    ...unseen,
  },
  retireProductFamily: { input: { familyId }, sends: { familyId }, value: {}, select: '', shows: {} },
};

type FamilyCode = Extract<
  Rejection['code'],
  | `PRODUCT_FAMILY_${string}`
  | `OPTION${string}`
  | `VARIANT${string}`
  | 'PRODUCT_IN_ANOTHER_FAMILY'
  | 'PRODUCT_OF_ANOTHER_SELLER'
>;

/** One rejection of each code about product families, with figures. */
export const familySamples: {
  readonly [Code in FamilyCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  PRODUCT_FAMILY_NOT_FOUND: { familyId },
  PRODUCT_FAMILY_INVALID: { field: 'values', problem: 'TWICE' },
  OPTIONS_OUT_OF_RANGE: { field: 'values', count: 1, min: 2, max: 2 },
  OPTION_VALUE_UNKNOWN: { option: 'Size', value: 'XL', known: ['S', 'M'] },
  OPTION_VALUE_IN_USE: { option: 'Size', value: 'S', variants: 2 },
  VARIANT_COMBINATION_TAKEN: { values: ['S'], productId: mug },
  VARIANT_ALREADY_ADDED: { productId: mug, values: ['S'] },
  VARIANT_NOT_FOUND: { productId: mug },
  VARIANTS_FULL: { max: 100 },
  PRODUCT_IN_ANOTHER_FAMILY: { productId: mug, familyId },
  PRODUCT_OF_ANOTHER_SELLER: { productId: mug },
};

import type { Decider } from '../kernel';
import type { ProductFamilyCommand, ProductFamilyRejection } from './commands';
import { decide } from './decide';
import type { ProductFamilyEvent } from './events';
import { evolve, initial, type ProductFamilyState } from './state';

/** Products that differ only in the values of some options, such as the sizes of a shirt. */
export const productFamily: Decider<
  ProductFamilyState,
  ProductFamilyCommand,
  ProductFamilyEvent,
  ProductFamilyRejection
> = { category: 'product_family', initial, decide, evolve };

export type { DescribedOption, ProductFamilyCommand, ProductFamilyRejection } from './commands';
export { variantsMax } from './decide';
export { productFamilyEventTypes } from './events';
export type {
  FamilyOption,
  ProductFamilyCreated,
  ProductFamilyEvent,
  ProductFamilyRetired,
  ProductVariantRemoved,
  Variant,
} from './events';
export { valuesOfVariant, variantName } from './state';
export type { KnownFamily, ProductFamilyState } from './state';

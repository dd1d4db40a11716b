import type { AccountId, ChangedMeanwhile, Instant, ProductFamilyId, ProductId } from '../kernel';
import type { FamilyOption, Variant } from './events';

type Of = { readonly familyId: ProductFamilyId; readonly at: Instant };
export type CreateProductFamily = Of & {
  readonly type: 'CreateProductFamily';
  readonly name: string;
  readonly options: readonly FamilyOption[];
  readonly sellerId?: AccountId | undefined;
};
export type AddVariant = Of & Variant & { readonly type: 'AddVariant'; readonly claim: number };
export type ChangeVariant = Of &
  Variant & {
    readonly type: 'ChangeVariant';
    /** The values that the sender has seen. Absent: any. */
    readonly expected?: readonly string[] | undefined;
  };
/** Ends a claim. The product stays if it has joined again by a later one. */
export type RemoveVariant = Of & {
  readonly type: 'RemoveVariant';
  readonly productId: ProductId;
  readonly claim: number;
};
/** `was`: the present text of a value that gets another one. */
export type DescribedOption = {
  readonly name: string;
  readonly values: readonly { readonly value: string; readonly was?: string | undefined }[];
};
export type DescribeProductFamily = Of & {
  readonly type: 'DescribeProductFamily';
  readonly name: string;
  readonly options: readonly DescribedOption[];
  /** The name and the options that the sender has seen. Absent: any. */
  readonly expected?: { readonly name: string; readonly options: readonly FamilyOption[] } | undefined;
};
export type RetireProductFamily = Of & { readonly type: 'RetireProductFamily' };

export type ProductFamilyCommand =
  | CreateProductFamily
  | AddVariant
  | ChangeVariant
  | RemoveVariant
  | DescribeProductFamily
  | RetireProductFamily;

export type ProductFamilyRejection =
  | ChangedMeanwhile
  | { readonly code: 'PRODUCT_FAMILY_NOT_FOUND'; readonly familyId: ProductFamilyId }
  | {
      readonly code: 'PRODUCT_FAMILY_INVALID';
      readonly field: 'name' | 'options' | 'values';
      readonly problem: 'BLANK' | 'TWICE';
    }
  | {
      readonly code: 'OPTIONS_OUT_OF_RANGE';
      readonly field: 'options' | 'values';
      readonly count: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly code: 'OPTION_VALUE_UNKNOWN';
      readonly option: string;
      readonly value: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: 'OPTION_VALUE_IN_USE';
      readonly option: string;
      readonly value: string;
      readonly variants: number;
    }
  | {
      readonly code: 'VARIANT_COMBINATION_TAKEN';
      readonly values: readonly string[];
      readonly productId: ProductId;
    }
  | {
      readonly code: 'VARIANT_ALREADY_ADDED';
      readonly productId: ProductId;
      readonly values: readonly string[];
    }
  | { readonly code: 'VARIANT_NOT_FOUND'; readonly productId: ProductId }
  | { readonly code: 'VARIANTS_FULL'; readonly max: number };

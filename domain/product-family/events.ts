import type { AccountId, Fact, Instant, ProductFamilyId, ProductId } from '../kernel';

/** An option of a family, such as the size, with its values in their order. */
export type FamilyOption = { readonly name: string; readonly values: readonly string[] };

/** A product of a family. `values`: one of each option, in the order of the options. */
export type Variant = { readonly productId: ProductId; readonly values: readonly string[] };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type ProductFamilyCreated = Fact<
  'ProductFamilyCreated',
  {
    familyId: ProductFamilyId;
    name: string;
    options: readonly FamilyOption[];
    sellerId?: AccountId | undefined;
    createdAt: Instant;
  }
>;
/** `claim`: the number of the claim by which the product joined the family. `options`: those of the family then. */
export type ProductVariantAdded = Fact<
  'ProductVariantAdded',
  { familyId: ProductFamilyId; claim: number; options: readonly FamilyOption[]; addedAt: Instant } & Variant
>;
export type ProductVariantChanged = Fact<
  'ProductVariantChanged',
  { familyId: ProductFamilyId; options: readonly FamilyOption[]; changedAt: Instant } & Variant
>;
/** `claim`: the claim that has ended. It is recorded also where it had made no variant yet, so that it never will. */
export type ProductVariantRemoved = Fact<
  'ProductVariantRemoved',
  { familyId: ProductFamilyId; productId: ProductId; claim: number; removedAt: Instant }
>;
/** `variants`: all of them, with their values as these are called now. */
export type ProductFamilyDescribed = Fact<
  'ProductFamilyDescribed',
  {
    familyId: ProductFamilyId;
    name: string;
    options: readonly FamilyOption[];
    variants: readonly Variant[];
    describedAt: Instant;
  }
>;
/** `productIds`: its products, which are sold on without a family. */
export type ProductFamilyRetired = Fact<
  'ProductFamilyRetired',
  { familyId: ProductFamilyId; productIds: readonly ProductId[]; retiredAt: Instant }
>;

export type ProductFamilyEvent =
  | ProductFamilyCreated
  | ProductVariantAdded
  | ProductVariantChanged
  | ProductVariantRemoved
  | ProductFamilyDescribed
  | ProductFamilyRetired;

export const productFamilyEventTypes = {
  ProductFamilyCreated: true,
  ProductVariantAdded: true,
  ProductVariantChanged: true,
  ProductVariantRemoved: true,
  ProductFamilyDescribed: true,
  ProductFamilyRetired: true,
} as const satisfies Record<ProductFamilyEvent['type'], true>;

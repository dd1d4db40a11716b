import type { ProductFamilyId, ProductId } from '../../domain/kernel';
import {
  productFamily,
  type ProductFamilyEvent,
  type ProductFamilyRejection,
  type Variant,
} from '../../domain/product-family';
import { product } from '../../domain/product';
import type { CommandContext, Executed } from '../../platform/execution';
import { requireAccepted } from '../../platform/reactions';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** A product's claim to belong to a family. The stream of the product decides about it, and the family follows. */
type Membership = {
  readonly familyId: ProductFamilyId;
  readonly productId: ProductId;
  readonly claim: number;
};

type OfFamily = Executed<ProductFamilyEvent, ProductFamilyRejection>;

/** Makes a product that has joined a family a variant of it. If the family rejects it, the product leaves again. */
export const enterFamily = async (
  { aggregates, clock }: UseCaseDeps,
  { familyId, productId, claim, values }: Membership & Variant,
  context: CommandContext,
): Promise<OfFamily> => {
  const add = { type: 'AddVariant', familyId, productId, claim, values, at: clock.now() } as const;
  const entered = await aggregates
    .of(productFamily)
    .execute(familyId, add, stepOf(context, `enter ${claim}`));
  if (entered.kind !== 'rejected' || entered.rejection.code === 'VARIANT_ALREADY_ADDED') return entered;
  const leave = { type: 'LeaveFamily', familyId, productId, claim, at: clock.now() } as const;
  const left = stepOf(context, `leave ${productId} ${claim}`);
  requireAccepted(await aggregates.of(product).execute(productId, leave, left));
  return entered;
};

/** Ends the variant of a product that has left the family. Nothing happens where the family knows. */
export const endMembership = (
  { aggregates, clock }: UseCaseDeps,
  { familyId, productId, claim }: Membership,
  context: CommandContext,
): Promise<OfFamily> => {
  const command = { type: 'RemoveVariant', familyId, productId, claim, at: clock.now() } as const;
  return aggregates
    .of(productFamily)
    .execute(familyId, command, stepOf(context, `remove ${productId} ${claim}`));
};

/** Lets products leave a family that was retired. */
export const leaveRetired = async (
  { aggregates, clock }: UseCaseDeps,
  { familyId, productIds }: { readonly familyId: ProductFamilyId; readonly productIds: readonly ProductId[] },
  context: CommandContext,
): Promise<void> => {
  for (const productId of productIds) {
    const leave = { type: 'LeaveFamily', familyId, productId, at: clock.now() } as const;
    const left = stepOf(context, `leave ${productId}`);
    requireAccepted(await aggregates.of(product).execute(productId, leave, left));
  }
};

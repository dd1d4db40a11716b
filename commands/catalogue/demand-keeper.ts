import type { ProductId } from '../../domain/kernel';
import { product } from '../../domain/product';
import type { Aggregates } from '../aggregates';
import { demandSeller } from '../authorization';
import type { CommandContext } from '../port';

/** Lets only staff and the product's seller pass; that the product exists is the decider's to check. */
export const demandKeeper = async (
  aggregates: Aggregates,
  productId: ProductId,
  context: CommandContext,
): Promise<void> => {
  const state = await aggregates.load(product, productId);
  demandSeller(context, state.status === 'NONE' ? undefined : state.sellerId);
};

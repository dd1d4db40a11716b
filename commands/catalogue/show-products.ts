import type { AccountId, ProductId } from '../../domain/kernel';
import { merchant } from '../../domain/merchant';
import type { Position } from '../../platform/event-store';
import type { CommandContext } from '../../platform/execution';
import { requireAccepted } from '../../platform/reactions';
import type { ErasureDeps } from '../account';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

export type ShowProductsDeps = UseCaseDeps & Pick<ErasureDeps, 'people'>;

/** The products of one event: their ids take at most 20 KiB. */
const PRODUCTS_AT_ONCE = 500;

/**
 * Lets the catalogue show these products of a merchant, or not, as the merchant is enabled or disabled by now.
 *
 * @returns the position of the last event; undefined where nothing was recorded.
 */
export const showProducts = async (
  { aggregates, clock }: UseCaseDeps,
  { accountId, productIds }: { readonly accountId: AccountId; readonly productIds: readonly ProductId[] },
  context: CommandContext,
): Promise<Position | undefined> => {
  let position: Position | undefined;
  for (let from = 0; from < productIds.length; from += PRODUCTS_AT_ONCE) {
    const some = productIds.slice(from, from + PRODUCTS_AT_ONCE);
    const command = { type: 'ShowProducts', accountId, productIds: some, at: clock.now() } as const;
    const step = stepOf(context, `show ${some.join()}`);
    const executed = await aggregates.of(merchant).execute(accountId, command, step);
    requireAccepted(executed);
    if (executed.kind === 'accepted') position = executed.position ?? position;
  }
  return position;
};

/**
 * Lets the catalogue follow the status of a merchant with all its products. May be repeated.
 *
 * @returns the position of the last event; undefined where nothing was to be done. @throws the faults of the stores and of the
 *   read models; a later call goes on.
 */
export const showAllProducts = async (
  deps: ShowProductsDeps,
  accountId: AccountId,
  context: CommandContext,
): Promise<Position | undefined> => {
  const { status } = await deps.aggregates.of(merchant).load(accountId);
  if (status !== 'DISABLED' && status !== 'APPROVED') return undefined;
  await deps.people.catchUp();
  const productIds = await deps.people.productsOf(accountId, { areWithdrawn: status === 'APPROVED' });
  return showProducts(deps, { accountId, productIds }, context);
};

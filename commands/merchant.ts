import { z } from 'zod';
import { account } from '../domain/account';
import type { AccountId } from '../domain/kernel';
import { merchant, type MerchantCommand, type MerchantState } from '../domain/merchant';
import type { CommandContext } from '../platform/execution';
import { Fault } from '../platform/faults';
import { objectionToRole, patternsNow, patternsOfAccount, type RoleObjection } from './account/own-patterns';
import { accountIdSchema, callerIdSchema, reasonSchema, textSchema } from './use-case/input';
import { outcomeOf, rejected, stepOf, type Outcome } from './use-case/outcome';
import { includesPattern, patternsOfRoles } from './use-case/permissions';
import { showAllProducts, type ShowProductsDeps } from './catalogue/show-products';
import { useCase, type UseCaseDeps } from './use-case/use-case';

const SHOP_NAME_LENGTH_MAX = 50;

const ofMerchant = z.object({ accountId: accountIdSchema });
const decided = z.object({ accountId: accountIdSchema, reason: reasonSchema });

const executeOnMerchant = ({ aggregates }: UseCaseDeps, command: MerchantCommand, context: CommandContext) =>
  aggregates.of(merchant).execute(command.accountId, command, context);

/** Returns the status of a merchant now. */
const statusOf = async (
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
  accountId: AccountId,
): Promise<MerchantState['status']> => (await aggregates.of(merchant).load(accountId)).status;

/** Returns whether the account may not sell, because staff disabled it as a merchant. */
export const isDisabledMerchant = async (
  deps: Pick<UseCaseDeps, 'aggregates'>,
  accountId: AccountId,
): Promise<boolean> => (await statusOf(deps, accountId)) === 'DISABLED';

/**
 * Checks that staff did not disable the account as a merchant.
 *
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandEnabledMerchant = async (
  deps: Pick<UseCaseDeps, 'aggregates'>,
  accountId: AccountId,
): Promise<void> => {
  if (await isDisabledMerchant(deps, accountId))
    throw new Fault('NOT_PERMITTED', 'This account is disabled as a merchant. Ask the shop for the reason.');
};

/** Returns whether the account may sell now: it has the permission, and is not disabled as a merchant. */
export const isActiveSeller = async (deps: UseCaseDeps, accountId: AccountId): Promise<boolean> =>
  includesPattern(await patternsOfAccount(deps, accountId), 'product:sell') &&
  !(await isDisabledMerchant(deps, accountId));

/** Grants the role of sellers to an account that is approved as a merchant, and revokes it of others. */
const changeRole = (
  { aggregates, clock }: UseCaseDeps,
  { accountId, status }: { readonly accountId: AccountId; readonly status: MerchantState['status'] },
  context: CommandContext,
) => {
  const type = status === 'APPROVED' ? 'GrantRoles' : 'RevokeRoles';
  return aggregates
    .of(account)
    .execute(accountId, { type, accountId, roles: ['seller'], at: clock.now() }, stepOf(context, type));
};

type Decision = Extract<
  MerchantCommand,
  { readonly type: 'ApproveMerchant' | 'DisableMerchant' | 'EnableMerchant' }
>;

/** Returns the outcome of a decision once the catalogue follows it, or will: a reactor does the same. */
const shownAs = async <Success>(
  deps: ShowProductsDeps,
  accountId: AccountId,
  decided: Outcome<Success, never>,
  context: CommandContext,
): Promise<Outcome<Success, never>> => {
  if (decided.kind !== 'accepted') return decided;
  try {
    const position = await showAllProducts(deps, accountId, context);
    return { ...decided, position: position ?? decided.position };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return decided;
  }
};

/**
 * Decides on a merchant, then grants or revokes the role of sellers. The same command again, after a crash between the two, does
 * what is missing.
 */
const decideWithRole = async (deps: UseCaseDeps, command: Decision, context: CommandContext) => {
  const { accountId, type } = command;
  const executed = await executeOnMerchant(deps, command, context);
  if (executed.kind !== 'accepted') return outcomeOf(executed, { accountId });
  const status = await statusOf(deps, accountId);
  // A command that found the merchant approved grants nothing: an administrator may have revoked the role since.
  const isDue = type === 'DisableMerchant' ? status === 'DISABLED' : executed.position !== undefined;
  if (!isDue) return outcomeOf(executed, { accountId });
  const changed = await changeRole(deps, { accountId, status }, context);
  if (changed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId } as const;
  if (changed.kind === 'rejected') return outcomeOf(changed, { accountId });
  // Another decision may have come between the status and the role.
  const after = await statusOf(deps, accountId);
  const last = after === status ? changed : await changeRole(deps, { accountId, status: after }, context);
  if (last.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId } as const;
  const isUnchanged = last.kind === 'accepted' && last.position === undefined;
  return isUnchanged ? outcomeOf(executed, { accountId }) : outcomeOf(last, { accountId });
};

/**
 * Returns an objection to a sender who gives another the role of sellers without having what it permits.
 *
 * @throws Fault `NOT_PERMITTED`: an account decides about itself.
 */
const objectionToGrant = async (
  deps: UseCaseDeps,
  accountId: AccountId,
  context: CommandContext,
): Promise<RoleObjection | undefined> => {
  if (context.principal.id === accountId)
    throw new Fault('NOT_PERMITTED', 'An account does not decide about itself as a merchant.');
  return objectionToRole(await patternsNow(deps, context, 'merchant:change'), patternsOfRoles(['seller']));
};

/** Approves or enables a merchant, and grants its account the role of sellers. */
const grantSelling = async (
  deps: ShowProductsDeps,
  command: Extract<MerchantCommand, { readonly type: 'ApproveMerchant' | 'EnableMerchant' }>,
  context: CommandContext,
) => {
  const { accountId } = command;
  const objection = await objectionToGrant(deps, accountId, context);
  if (objection !== undefined) return rejected(objection);
  return shownAs(deps, accountId, await decideWithRole(deps, command, context), context);
};

export const merchantUseCases = {
  applyAsMerchant: useCase({
    summary: 'Applies to become a merchant. Another application before the decision replaces it.',
    allow: { by: 'owner', or: 'merchant:change' },
    input: z.object({
      accountId: callerIdSchema,
      shopName: textSchema(SHOP_NAME_LENGTH_MAX).describe('The name of the shop: at most 50 characters.'),
      reason: reasonSchema.describe('The reason of the application: what the shop would sell.'),
    }),
    success: ofMerchant,
    rejections: ['NAME_EMPTY', 'MERCHANT_WRONG_STATUS'],
    handle: async ({ accountId, shopName, reason }, context, deps) => {
      const command = { type: 'ApplyAsMerchant', accountId, shopName, reason, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnMerchant(deps, command, context), { accountId });
    },
  }),

  approveMerchant: useCase({
    summary: 'Approves the application of a merchant, and grants its account the role of sellers.',
    allow: 'merchant:change',
    input: ofMerchant,
    success: ofMerchant,
    rejections: ['MERCHANT_NOT_FOUND', 'MERCHANT_WRONG_STATUS', 'PERMISSIONS_NOT_HELD'],
    handle: ({ accountId }, context, deps: ShowProductsDeps) =>
      grantSelling(deps, { type: 'ApproveMerchant', accountId, at: deps.clock.now() }, context),
  }),

  refuseMerchant: useCase({
    summary: 'Refuses the application of a merchant, who may apply again.',
    allow: 'merchant:change',
    input: decided,
    success: ofMerchant,
    rejections: ['MERCHANT_NOT_FOUND', 'MERCHANT_WRONG_STATUS'],
    handle: async ({ accountId, reason }, context, deps) => {
      const command = { type: 'RefuseMerchant', accountId, reason, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnMerchant(deps, command, context), { accountId });
    },
  }),

  disableMerchant: useCase({
    summary:
      'Disables a merchant at once: its products are neither shown nor sold, and it loses the role of sellers. Orders that were placed go on.',
    allow: 'merchant:change',
    input: decided,
    success: ofMerchant,
    rejections: ['MERCHANT_NOT_FOUND', 'MERCHANT_WRONG_STATUS'],
    handle: async ({ accountId, reason }, context, deps: ShowProductsDeps) => {
      const command = { type: 'DisableMerchant', accountId, reason, at: deps.clock.now() } as const;
      return shownAs(deps, accountId, await decideWithRole(deps, command, context), context);
    },
  }),

  enableMerchant: useCase({
    summary: 'Enables a merchant again: its products are shown and sold, and it has the role of sellers.',
    allow: 'merchant:change',
    input: ofMerchant,
    success: ofMerchant,
    rejections: ['MERCHANT_NOT_FOUND', 'MERCHANT_WRONG_STATUS', 'PERMISSIONS_NOT_HELD'],
    handle: ({ accountId }, context, deps: ShowProductsDeps) =>
      grantSelling(deps, { type: 'EnableMerchant', accountId, at: deps.clock.now() }, context),
  }),
};

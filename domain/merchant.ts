import {
  accept,
  erasedText,
  isBlank,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type PersonalData,
  type ProductId,
} from './kernel';

type Of = { accountId: AccountId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The whole application. A later one before the decision replaces it. */
export type MerchantApplied = Fact<
  'MerchantApplied',
  Of & { shopName: string; reason: string; appliedAt: Instant }
>;

export type MerchantApproved = Fact<'MerchantApproved', Of & { approvedAt: Instant }>;

export type MerchantRefused = Fact<'MerchantRefused', Of & { reason: string; refusedAt: Instant }>;

/** The products of the merchant are not sold from now on. */
export type MerchantDisabled = Fact<'MerchantDisabled', Of & { reason: string; disabledAt: Instant }>;

export type MerchantEnabled = Fact<'MerchantEnabled', Of & { enabledAt: Instant }>;

/** The products that the catalogue does not show while their merchant is disabled; it may have more, named in other events. */
export type MerchantProductsWithdrawn = Fact<
  'MerchantProductsWithdrawn',
  Of & { productIds: readonly ProductId[]; withdrawnAt: Instant }
>;

/** The catalogue shows these products again, unless they are discontinued. */
export type MerchantProductsRestored = Fact<
  'MerchantProductsRestored',
  Of & { productIds: readonly ProductId[]; restoredAt: Instant }
>;

export type MerchantEvent =
  | MerchantApplied
  | MerchantApproved
  | MerchantRefused
  | MerchantDisabled
  | MerchantEnabled
  | MerchantProductsWithdrawn
  | MerchantProductsRestored;

const person = 'accountId';

/** The words of the applicant, and those of staff about the applicant. */
const personalData: PersonalData<MerchantEvent> = {
  MerchantApplied: { person, erased: { shopName: erasedText, reason: erasedText } },
  MerchantRefused: { person, erased: { reason: erasedText } },
  MerchantDisabled: { person, erased: { reason: erasedText } },
};

export const merchantEventTypes = {
  MerchantApplied: true,
  MerchantApproved: true,
  MerchantRefused: true,
  MerchantDisabled: true,
  MerchantEnabled: true,
  MerchantProductsWithdrawn: true,
  MerchantProductsRestored: true,
} as const satisfies Record<MerchantEvent['type'], true>;

type To = { readonly accountId: AccountId; readonly at: Instant };
type ApplyAsMerchant = To & {
  readonly type: 'ApplyAsMerchant';
  readonly shopName: string;
  readonly reason: string;
};
type ApproveMerchant = To & { readonly type: 'ApproveMerchant' };
type RefuseMerchant = To & { readonly type: 'RefuseMerchant'; readonly reason: string };
type DisableMerchant = To & { readonly type: 'DisableMerchant'; readonly reason: string };
type EnableMerchant = To & { readonly type: 'EnableMerchant' };
/** Shows products in the catalogue, or not, as the merchant is enabled or disabled by now. */
type ShowProducts = To & { readonly type: 'ShowProducts'; readonly productIds: readonly ProductId[] };

export type MerchantCommand =
  ApplyAsMerchant | ApproveMerchant | RefuseMerchant | DisableMerchant | EnableMerchant | ShowProducts;

export const merchantStatuses = ['APPLIED', 'APPROVED', 'REFUSED', 'DISABLED'] as const;
export type MerchantStatus = (typeof merchantStatuses)[number];

export type MerchantRejection =
  | { readonly code: 'NAME_EMPTY' }
  | { readonly code: 'MERCHANT_NOT_FOUND' }
  | { readonly code: 'MERCHANT_WRONG_STATUS'; readonly status: MerchantStatus };

export type MerchantState =
  | { readonly status: 'NONE' | 'APPROVED' | 'REFUSED' | 'DISABLED' }
  | { readonly status: 'APPLIED'; readonly shopName: string; readonly reason: string };

const evolve = (state: MerchantState, event: MerchantEvent): MerchantState => {
  switch (event.type) {
    case 'MerchantApplied':
      return { status: 'APPLIED', shopName: event.data.shopName, reason: event.data.reason };
    case 'MerchantApproved':
    case 'MerchantEnabled':
      return { status: 'APPROVED' };
    case 'MerchantRefused':
      return { status: 'REFUSED' };
    case 'MerchantDisabled':
      return { status: 'DISABLED' };
    case 'MerchantProductsWithdrawn':
    case 'MerchantProductsRestored':
      return state;
    default:
      return unreachable(event);
  }
};

type MerchantDecision = Decision<MerchantEvent, MerchantRejection>;

const notIn = ({ status }: MerchantState): MerchantDecision =>
  reject(status === 'NONE' ? { code: 'MERCHANT_NOT_FOUND' } : { code: 'MERCHANT_WRONG_STATUS', status });

const applyAsMerchant = (
  { accountId, shopName, reason, at }: ApplyAsMerchant,
  state: MerchantState,
): MerchantDecision => {
  if (state.status === 'APPROVED' || state.status === 'DISABLED') return notIn(state);
  // Customers see it.
  if (isBlank(shopName)) return reject({ code: 'NAME_EMPTY' });
  if (state.status === 'APPLIED' && state.shopName === shopName && state.reason === reason) return accept();
  return accept({ type: 'MerchantApplied', data: { accountId, shopName, reason, appliedAt: at } });
};

/** Decided by the status in whose revision it is stored, so that of two opposite ones the catalogue follows the last. */
const showProducts = (
  { accountId, productIds, at }: ShowProducts,
  { status }: MerchantState,
): MerchantDecision => {
  if (productIds.length === 0) return accept();
  if (status === 'DISABLED')
    return accept({ type: 'MerchantProductsWithdrawn', data: { accountId, productIds, withdrawnAt: at } });
  if (status === 'APPROVED')
    return accept({ type: 'MerchantProductsRestored', data: { accountId, productIds, restoredAt: at } });
  return accept();
};

const decide = (command: MerchantCommand, state: MerchantState): MerchantDecision => {
  const { accountId, at } = command;
  const { status } = state;
  switch (command.type) {
    case 'ApplyAsMerchant':
      return applyAsMerchant(command, state);
    case 'ApproveMerchant':
      if (status === 'APPROVED') return accept();
      if (status !== 'APPLIED') return notIn(state);
      return accept({ type: 'MerchantApproved', data: { accountId, approvedAt: at } });
    case 'RefuseMerchant':
      if (status === 'REFUSED') return accept();
      if (status !== 'APPLIED') return notIn(state);
      return accept({ type: 'MerchantRefused', data: { accountId, reason: command.reason, refusedAt: at } });
    case 'DisableMerchant':
      if (status === 'DISABLED') return accept();
      if (status !== 'APPROVED') return notIn(state);
      return accept({
        type: 'MerchantDisabled',
        data: { accountId, reason: command.reason, disabledAt: at },
      });
    case 'EnableMerchant':
      if (status === 'APPROVED') return accept();
      if (status !== 'DISABLED') return notIn(state);
      return accept({ type: 'MerchantEnabled', data: { accountId, enabledAt: at } });
    case 'ShowProducts':
      return showProducts(command, state);
    default:
      return unreachable(command);
  }
};

/** An account's permission to sell, from its application on. The stream has the id of the account. */
export const merchant: Decider<MerchantState, MerchantCommand, MerchantEvent, MerchantRejection> = {
  category: 'merchant',
  initial: { status: 'NONE' },
  decide,
  evolve,
  personalData,
};

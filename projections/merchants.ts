import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import { erasedText, type AccountId } from '../domain/kernel';
import {
  merchant,
  merchantStatuses,
  type MerchantEvent,
  type MerchantProductsRestored,
  type MerchantProductsWithdrawn,
} from '../domain/merchant';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, uuid } from './fields';

export const Merchant = z
  .strictObject({
    id: uuid<AccountId>().describe('The account that applied.'),
    shopName: z.string().describe('The name of the shop.'),
    reason: z.string().describe('The reason of the application.'),
    status: z.enum(merchantStatuses).describe('The state of the application, and of the merchant after it.'),
    decision: z
      .string()
      .nullable()
      .describe('The reason of staff for a refusal or for disabling; null for other states.'),
    appliedAt: instant.describe('The time of the latest application.'),
    changedAt: instant.describe('The time of the last change.'),
  })
  .describe('An account that applied to sell, with the decision of staff.');
export type Merchant = DocumentOf<typeof Merchant>;

type Shown =
  Exclude<MerchantEvent, MerchantProductsWithdrawn | MerchantProductsRestored> | PersonalDataErased;

export const merchants = readModel<Merchant, Shown>('merchants', {
  question: 'Which accounts applied to sell, and which may sell now?',
  version: 2,
  document: Merchant,
  indexes: { by_time: ['changedAt'], by_status: ['status', 'changedAt'] },
  key: (event) => (isErasure(event) ? erasedIn(merchant.category, event) : event.data.accountId),
  on: {
    MerchantApplied: (_, { data: { accountId: id, shopName, reason, appliedAt } }) => ({
      id,
      shopName,
      reason,
      status: 'APPLIED',
      decision: null,
      appliedAt,
      changedAt: appliedAt,
    }),
    MerchantApproved: (found, { data: { approvedAt: changedAt } }) =>
      found && { ...found, status: 'APPROVED', decision: null, changedAt },
    MerchantRefused: (found, { data: { reason: decision, refusedAt: changedAt } }) =>
      found && { ...found, status: 'REFUSED', decision, changedAt },
    MerchantDisabled: (found, { data: { reason: decision, disabledAt: changedAt } }) =>
      found && { ...found, status: 'DISABLED', decision, changedAt },
    MerchantEnabled: (found, { data: { enabledAt: changedAt } }) =>
      found && { ...found, status: 'APPROVED', decision: null, changedAt },
    PersonalDataErased: (found) =>
      found && {
        ...{ ...found, shopName: erasedText, reason: erasedText },
        decision: found.decision === null ? null : erasedText,
      },
  },
});

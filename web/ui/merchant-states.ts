/** The states of accounts that applied to sell, in the order of a list of choices. */
export const merchantStates = ['APPLIED', 'APPROVED', 'REFUSED', 'DISABLED'] as const;
export type MerchantState = (typeof merchantStates)[number];

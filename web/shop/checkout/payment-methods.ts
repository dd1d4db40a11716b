/** The payment methods of the shop: those of the test provider, one for each way in which a payment can go. */
export const paymentMethods = [
  'test',
  'test-declined',
  'test-insufficient-funds',
  'test-lost-answer',
  'test-early-notice',
  'test-redirect',
  'test-redirect-notice-twice',
  'test-redirect-no-notice',
  'test-app',
  'test-pending',
  'test-pending-declined',
  'test-refund-pending',
  'test-refund-refused',
] as const;

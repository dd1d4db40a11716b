export const orderStatuses = [
  ...(['PLACED', 'PAID', 'SHIPPED', 'FULFILLED', 'COMPLETED', 'CANCELLED', 'REFUNDING', 'REFUNDED'] as const),
] as const;

export const roles = ['customer', 'seller', 'staff', 'administrator', 'carrier', 'analyst'] as const;
export type Role = (typeof roles)[number];

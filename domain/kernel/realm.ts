/** The realms in which an account logs in: the shop, the area of merchants, and the platform that staff run. */
export const realms = ['customer', 'merchant', 'platform'] as const;
export type Realm = (typeof realms)[number];

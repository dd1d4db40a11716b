/** The areas of the pages, each with a log-in of its own: the shop, the pages of sellers, the staff console. */
export const realms = ['customer', 'merchant', 'platform'] as const;
export type Realm = (typeof realms)[number];

/** The address at which the pages of a realm begin. */
export const homeOf = { customer: '/', merchant: '/seller', platform: '/admin' } as const satisfies Readonly<
  Record<Realm, string>
>;

/** Returns the realm of an address of the pages. Addresses are the same in capitals. */
export const realmOfPath = (path: string): Realm => {
  const area = `/${path.split(/[/?#]/, 2)[1]?.toLowerCase()}`;
  return realms.find((realm) => realm !== 'customer' && homeOf[realm] === area) ?? 'customer';
};

/** Any address will do: it only tells what is of another site. */
const SITE = 'https://waybill.invalid';

/**
 * Returns the path as the browser reads it if it is one of this site, so that a prepared link leads nowhere else after the log-in, and
 * to no other area than the one that was logged in to.
 */
export const ownPath = (path: string | undefined): string => {
  if (path === undefined || !/^\/(?![/\\])/.test(path) || !URL.canParse(path, SITE)) return '/';
  const { origin, pathname, search, hash } = new URL(path, SITE);
  return origin === SITE && !pathname.startsWith('//') ? pathname + search + hash : '/';
};

/** Returns the realm of a page: a log-in is of the area to which it leads. */
export const realmOfPage = (routeId: string, next: string | undefined): Realm =>
  realmOfPath(routeId === '/log-in' ? ownPath(next) : routeId);

import { realms, type Realm, type Role } from '../../domain/kernel';

/**
 * Every permission, as `area:action`, with what it permits, in the realm whose tokens give it. The name is public and stable. The
 * shop has none: customers deal with what is their own.
 */
const ofRealms = {
  customer: {},
  merchant: {
    'product:sell': 'Sell own products.',
  },
  platform: {
    'account:read': 'See the accounts of others where something belongs to them.',
    'account:list': 'List all accounts.',
    'account:change': 'Change the profile, the addresses and the sessions of other accounts.',
    'account:erase': 'Erase the accounts of others for good, with their personal data.',
    'account:provision': 'Create accounts for others.',
    'role:grant': 'Grant and revoke roles that permit no more than the own ones.',
    'role:read': 'See the roles that are defined, and all permissions.',
    'role:define': 'Define, change and retire roles that permit no more than the own ones.',
    'merchant:read': 'See the accounts that applied to sell.',
    'merchant:change': 'Approve, refuse, disable and enable merchants.',
    'product:change': 'Change the products of all sellers.',
    'product:import': 'Import products.',
    'category:change': 'Change the tree of categories.',
    'promotion:read': 'See promotions.',
    'promotion:change': 'Create and stop promotions.',
    'shipping:change': 'Offer and withdraw shipping methods.',
    'tax:change': 'Set and withdraw the rates of tax.',
    'cart:read': 'See the carts of others.',
    'cart:change': 'Change the carts of others.',
    'order:read': 'See the orders of all customers.',
    'order:place': 'Place orders for others.',
    'order:change': 'Pay, cancel, redirect and confirm the orders of others.',
    'order:refund': 'Refund orders.',
    'order:hold': 'See the holds of orders, hold orders and release them.',
    'order:note': 'See and write the internal notes and tags of orders.',
    'order:import': 'Import orders of other shops.',
    'after-sales:read': 'See the after-sales requests of all customers.',
    'after-sales:request': 'Make, send and withdraw after-sales requests for customers.',
    'after-sales:decide': 'Decide about the after-sales requests of all sellers, and inspect their goods.',
    'after-sales:settle': 'Decide disputes for good, and deal with refunds that failed.',
    'invoice:read': 'See the invoices and credit notes of all customers.',
    'payment:read': 'See the payments of all customers.',
    'payment:reconcile': 'Compare the statements of the payment provider with the books.',
    'payout:read': 'See the payout statements of all sellers.',
    'review:change': 'Write, edit and withdraw the reviews of others, and ask and vote for them.',
    'review:answer': 'Answer reviews and questions for the shop.',
    'review:moderate': 'See reports of reviews, questions and answers, hide these and restore them.',
    'shipment:read': 'See the shipments of all customers.',
    'shipment:retry': 'Retry and move shipments, and request their status.',
    'shipment:report': 'Report the progress of shipments in place of the World or a carrier.',
    'stock:read': 'See the stock of each warehouse.',
    'stock:change': 'Receive, remove and buy goods, and set thresholds.',
    'warehouse:change': 'Add warehouses, and close and open them.',
    'notification:read': 'See the e-mails to all accounts.',
    'notification:retry': 'Send parked e-mails again.',
    'notification:send': 'Send messages to accounts.',
    'webhook:read': 'See the webhook endpoints of the platform and of all merchants, with their deliveries.',
    'webhook:change': 'Add, change and remove webhook endpoints of the platform and of all merchants.',
    'carrier:read': 'See parked messages of carriers.',
    'carrier:retry': 'Retry parked messages of carriers, and mark them as handled.',
    'world:read': 'See the World and the messages to and from it.',
    'world:connect': 'Connect to another World.',
    'world:faults': 'Turn the faults of the World simulator.',
    'event:read': 'Read stored events, explanations and the past of lists.',
    'read-model:read': 'See read models with their copies, and differences.',
    'read-model:change': 'Rebuild, promote, pause and retire copies of read models.',
    'parked-work:read': 'See events and reactions that failed.',
    'parked-work:retry': 'Replay events and retry reactions that failed.',
    'report:read': 'Read the figures of the shop.',
    'settings:read': 'See the settings of the process.',
  },
} as const satisfies Readonly<Record<Realm, Readonly<Record<string, string>>>>;

/** Every permission, with what it permits. */
export const permissions = { ...ofRealms.customer, ...ofRealms.merchant, ...ofRealms.platform };

export type Permission = keyof typeof permissions;

/** A permission, all of an area (`order:*`), or all (`*`). */
export type PermissionPattern = Permission | `${string}:*` | '*';

export const permissionNames = Object.keys(permissions) as readonly Permission[];

const realmOfEach = Object.fromEntries(
  realms.flatMap((realm) => Object.keys(ofRealms[realm]).map((name) => [name, realm])),
) as Readonly<Record<Permission, Realm>>;

/** Returns the realm of a permission: tokens of the others do not give it. */
export const realmOf = (permission: Permission): Realm => realmOfEach[permission];

const AREA = /^([a-z-]+):\*$/;

/** Returns the permissions that a pattern stands for; none for what is no pattern. */
export const permissionsOf = (pattern: string): readonly Permission[] => {
  if (pattern === '*') return permissionNames;
  const area = AREA.exec(pattern)?.[1];
  if (area !== undefined) return permissionNames.filter((name) => name.startsWith(`${area}:`));
  return Object.hasOwn(permissions, pattern) ? [pattern as Permission] : [];
};

/**
 * Tests whether those who have some patterns have all that another one stands for, also when permissions are added: an area is
 * only part of that area, or of all.
 */
export const includesPattern = (held: readonly string[], pattern: string): boolean =>
  held.some(
    (one) => one === '*' || one === pattern || (AREA.test(one) && pattern.startsWith(one.slice(0, -1))),
  );

/** The permissions of the roles that are built in. Roles that administrators define add to them. */
const ofRoles: Readonly<Record<Role, readonly PermissionPattern[]>> = {
  customer: [],
  carrier: [],
  seller: ['product:sell'],
  analyst: ['report:read'],
  staff: [
    ...(['account:read', 'account:change', 'world:read', 'world:faults'] as const),
    ...([
      'merchant:*',
      'product:*',
      'category:*',
      'cart:*',
      'order:*',
      'after-sales:*',
      'invoice:*',
      'payment:*',
      'payout:*',
      'review:*',
      'shipment:*',
      'stock:*',
    ] as const),
    ...([
      'warehouse:*',
      'promotion:*',
      'shipping:*',
      'tax:*',
      'notification:*',
      'carrier:*',
      'webhook:*',
    ] as const),
    ...(['event:*', 'read-model:*', 'parked-work:*', 'report:*'] as const),
  ],
  administrator: ['*'],
};

/** Returns the patterns of roles that are built in. */
export const patternsOfRoles = (roles: readonly Role[]): readonly string[] =>
  roles.flatMap((role) => ofRoles[role]);

/** Returns the permissions of a role that is built in. */
export const permissionsOfRole = (role: Role): readonly Permission[] => [
  ...new Set(ofRoles[role].flatMap(permissionsOf)),
];

const known = new Map<string, ReadonlySet<Permission>>();

/**
 * Returns all permissions of these roles, and of the patterns of further roles.
 *
 * @param realm - where it is given, only its permissions: a token of one realm gives nothing of another.
 */
export const permissionsOfAll = (
  roles: readonly Role[],
  patterns: readonly string[] = [],
  realm?: Realm,
): ReadonlySet<Permission> => {
  const within = (all: readonly string[]): ReadonlySet<Permission> => {
    const found = all.flatMap(permissionsOf);
    return new Set(realm === undefined ? found : found.filter((one) => realmOf(one) === realm));
  };
  const all = patternsOfRoles(roles);
  if (patterns.length > 0) return within([...all, ...patterns]);
  // There are few combinations of the roles that are built in.
  const key = [...new Set(roles)].sort().join() + (realm === undefined ? '' : `@${realm}`);
  const found = known.get(key) ?? within(all);
  known.set(key, found);
  return found;
};

/** Returns the realms in which an account with these permissions has something to do. Everyone may buy. */
export const realmsOf = (all: ReadonlySet<Permission>): readonly Realm[] =>
  realms.filter((realm) => realm === 'customer' || [...all].some((one) => realmOf(one) === realm));

import { z } from 'zod';
import { sessionGranted, type SessionGranted } from '../../../commands';
import { permissionsOfAll, realmsOf } from '../../../commands/use-case/permissions';
import { canonicalEmail, instantSchema, realmSchema } from '../../../commands/use-case/input';
import type { SessionInvalidReason } from '../../../domain/account';
import type { AccountId, Language, Realm, Role } from '../../../domain/kernel';
import { Account, accounts as people, definedRolesOf } from '../../../projections/accounts';
import { Session, sessions as logIns } from '../../../projections/sessions';
import { signedIn, type Viewer } from '../access/caller';
import type { EdgeContext } from '../context';
import { certificateTypes, certified } from './erasure-certificate';
import { mutationsConcept, shown, type Mutations } from './mutation';
import type { Sender } from './mutation-key';
import { connectionOf, pageArguments, type PageArguments } from './relay';
import { combined, enumType, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type AccountShown = Pick<Account, 'id' | 'email' | 'name' | 'roles'>;

/** Returns the account of the token while the read model does not show a new account yet. */
const me = async (_args: object, context: EdgeContext): Promise<AccountShown | null> => {
  const { viewer } = context;
  if (viewer.kind === 'guest') return null;
  return (await context.loaders.accounts.load(viewer.id, viewer)) ?? viewer;
};

/** Returns the open sessions of the signed-in account. */
const openSessions = async (_args: object, { viewer, services }: EdgeContext) => {
  const found = await services.readers.sessions.ofAccount(signedIn(viewer).id);
  const now = services.clock.now();
  return found.filter(({ expiresAt }) => expiresAt > now);
};

/** Returns a session as clients get it: the refresh token of the command service, and an access token. */
const session = async (
  { account, refreshToken, sessionId, expiresAt, realm }: SessionGranted,
  { services }: EdgeContext,
) => {
  const { accessToken, expiresAt: accessTokenExpiresAt } = await services.tokenIssuer.issue({
    ...account,
    realm,
  });
  const deviceToken = await services.deviceTokens.issue({ id: sessionId, email: account.email });
  return {
    account,
    refreshToken,
    sessionExpiresAt: expiresAt,
    accessToken,
    accessTokenExpiresAt,
    deviceToken,
    realm,
  };
};

const queries = `
extend type Query {
  "The signed-in account; null for a guest."
  me: Account
  "The rights of the sender of this request."
  viewer: Viewer
  "The open sessions of the signed-in account, the latest log-in first: at most 20."
  sessions: [Session!]
}

"The sender of a request: an account, or a guest."
type Viewer {
  "The permissions of the account in the realm of its token, as they are now, such as \`order:refund\`. A guest has none."
  permissions: [String!]!
  "The realm of the access token, whose permissions alone it has; null for a guest, and for a token of all realms."
  realm: Realm
  "The realms in which the account has something to do now, and may log in."
  realms: [Realm!]!
}

`;

const viewerShown = (viewer: Viewer) =>
  viewer.kind === 'guest'
    ? { permissions: [], realm: null, realms: [] }
    : {
        permissions: [...viewer.permissions].sort(),
        realm: viewer.realm ?? null,
        realms: realmsOf(permissionsOfAll(viewer.roles, viewer.patterns)),
      };

const resolvers: Concept['resolvers'] = {
  Query: {
    viewer: allowed('everyone', (_args: object, { viewer }) => viewerShown(viewer)),
    me: allowed('everyone', me),
    sessions: allowed('account', openSessions),
  },
};

const role = enumType<Role>('Role', 'A role of an account. It says what the account may do.', {
  customer: 'Buys products and reviews them.',
  seller: 'Sells its own products.',
  staff: 'Runs the shop: products, stock, orders and refunds.',
  administrator: 'Defines, grants and revokes roles, and may do everything.',
  carrier: 'Delivers shipments.',
  analyst: 'Reads the figures of the shop.',
});

const realm = enumType<Realm>(
  'Realm',
  'A realm in which an account logs in. A token of one realm permits nothing of the others; what belongs to the account as a customer, it may see and change in all.',
  {
    customer: 'The shop.',
    merchant: 'The area of those who sell.',
    platform: 'The staff console.',
  },
);

const language = enumType<Language>('Language', 'A language of e-mails.', {
  en: 'English.',
  zh: 'Chinese.',
});

const invalidReason = enumType<SessionInvalidReason>(
  'SessionInvalidReason',
  'A reason why a refresh token is invalid.',
  {
    ENDED: 'The session is not open: it was logged out, or closed at another device, or it never existed.',
    EXPIRED: 'The time of the session is over.',
    REUSED:
      'A replaced token was shown again, so someone may hold a copy; the session was closed for everyone.',
    UNKNOWN: 'It is not a token of an open session.',
  },
);

const sessionType = objectType('Session', Session, {
  readModels: [logIns],
  omit: ['accountId'],
  types: { realm: 'Realm' },
});

const accountType = objectType('Account', Account, {
  isNode: true,
  readModels: [people],
  omit: ['registeredAt', 'changedAt'],
  types: {
    roles: 'Role',
    language: 'Language',
    unwanted: 'NotificationTopic',
    notificationPreferences: 'NotificationPreferences',
  },
  fields: {
    // Documents of version 1 have no such fields, and neither has the account of an access token.
    emailVerifiedAt: {
      resolve: ({ emailVerifiedAt = null }: Partial<Account>) => emailVerifiedAt,
    },
    telephone: { resolve: ({ telephone = null }: Partial<Account>) => telephone },
    language: { resolve: ({ language: chosen = null }: Partial<Account>) => chosen },
    notificationPreferences: {
      resolve: ({ notificationPreferences: wanted = null }: Partial<Account>) => wanted,
    },
    unwanted: { resolve: ({ unwanted = [] }: Partial<Account>) => unwanted },
    definedRoles: {
      type: '[DefinedRole!]!',
      description:
        'The roles that administrators defined and gave to the account, without those that are retired.',
      resolve: async (shown: Partial<Account>, _args: object, { loaders, viewer }: EdgeContext) => {
        const ids = definedRolesOf(shown);
        const found = await Promise.all(ids.map((roleId) => loaders.definedRoles.load(roleId, viewer)));
        return found.filter((role) => role !== null);
      },
    },
    lastLogInAt: { resolve: ({ lastLogInAt = null }: Partial<Account>) => lastLogInAt },
    reviews: {
      type: 'ReviewConnection!',
      description: 'The reviews that the account has written, newest first.',
      args: pageArguments,
      resolve: ({ id }: AccountShown, args: PageArguments, { services }: EdgeContext) =>
        connectionOf(services.readers.reviews.byAuthor(id), args),
    },
    posts: {
      type: 'PostConnection!',
      description: 'The questions and answers that the account has written, newest first.',
      args: pageArguments,
      resolve: ({ id }: AccountShown, args: PageArguments, { services }: EdgeContext) =>
        connectionOf(services.readers.posts.byAuthor(id), args),
    },
  },
});

const grantedSession = {
  makes: {
    fields: z.object({
      accessToken: z.string().describe('For the header `Authorization: Bearer …`. It expires soon.'),
      accessTokenExpiresAt: instantSchema.describe('The time when the access token expires.'),
      refreshToken: z
        .string()
        .describe('Gets the next access token, once, with `refreshSession`. Keep it secret.'),
      sessionExpiresAt: instantSchema.describe('The time when the session expires. A log-in is needed then.'),
      deviceToken: z
        .string()
        .describe(
          'For `logIn` on the same device later, for a year: failed attempts from elsewhere do not delay it then. It gives no access; keep it secret nevertheless.',
        ),
      account: sessionGranted.shape.account.describe('The account of the session.'),
      realm: realmSchema
        .describe('The realm of the session and of its access tokens; null for all realms.')
        .optional(),
    }),
    from: session,
  },
};

const deviceToken = z.object({
  deviceToken: z.string().describe('The deviceToken of an earlier log-in on this device.').optional(),
});

type LogIn = { readonly email: string; readonly deviceToken?: string | null };

/** The sender is the e-mail address in the form by which the account is found. */
const byEmail = ({ email, deviceToken: device }: LogIn): Sender => ({
  name: canonicalEmail(email),
  deviceToken: device,
});
/** The sender is the whole token: under one key each token is a command of its own. */
const byToken = ({ refreshToken }: { readonly refreshToken: string }): Sender => ({ name: refreshToken });
const byLink = ({ token }: { readonly token: string }): Sender => ({ name: token });

const shownAccount = {
  shows: shown('account', 'Account', ({ accountId }: { readonly accountId: AccountId }, context) =>
    context.loaders.accounts.load(accountId, context.viewer),
  ),
};

export const accountMutations = {
  signUp: { ...grantedSession, sender: byEmail },
  logIn: { ...grantedSession, sender: byEmail, adds: deviceToken },
  refreshSession: { ...grantedSession, sender: byToken },
  logOut: { sender: byToken },
  requestPasswordReset: { sender: byEmail },
  resetPasswordByLink: { sender: byLink },
  requestEmailVerification: { limited: true },
  verifyEmail: { sender: byLink },
  changeProfile: shownAccount,
  changeNotificationPreferences: shownAccount,
  changePassword: { ...grantedSession, limited: true },
  eraseAccount: { ...certified, limited: true },
  eraseAccountOnRequest: certified,
  closeSession: {},
  logOutEverywhere: {},
  grantRole: shownAccount,
  revokeRole: shownAccount,
  grantDefinedRole: shownAccount,
  revokeDefinedRole: shownAccount,
} satisfies Mutations;

const mutations = mutationsConcept(accountMutations);

export const accounts: Concept = combined(
  { typeDefs: queries, resolvers },
  certificateTypes,
  role,
  realm,
  language,
  invalidReason,
  sessionType,
  accountType,
  mutations,
);

import { canonicalEmail } from '../../../commands/input';
import type { SessionGranted } from '../../../commands/port';
import type { AccountId, Role } from '../../../domain/kernel';
import { Account, accounts as people } from '../../../projections/accounts';
import type { EdgeContext } from '../context';
import { afterwards, given, mutation, mutationsConcept, type Sender } from './mutation';
import { connectionOf, pageArguments, type PageArguments } from './relay';
import { combined, enumType, objectType } from './object-type';
import type { Concept } from './resolvers';

type AccountShown = Pick<Account, 'id' | 'email' | 'name' | 'roles'>;

/** What the token says stands in until the read model shows an account that was just made. */
const me = async (_root: unknown, _args: object, context: EdgeContext): Promise<AccountShown | null> => {
  const { viewer } = context;
  if (viewer.kind === 'guest') return null;
  return (await context.account(viewer.id)) ?? viewer;
};

/** Sessions as clients get them: the refresh token of the command service, and an access token of ours. */
const session = async (
  { account, refreshToken, sessionId, expiresAt }: SessionGranted,
  _input: object,
  { services }: EdgeContext,
) => {
  const { accessToken, expiresAt: accessTokenExpiresAt } = await services.tokenIssuer.issue(account);
  const deviceToken = await services.deviceTokens.issue({ id: sessionId, email: account.email });
  return {
    account,
    refreshToken,
    sessionExpiresAt: expiresAt,
    accessToken,
    accessTokenExpiresAt,
    deviceToken,
  };
};

const queries = `
extend type Query {
  "The signed-in account; null for a guest."
  me: Account
}

`;

const resolvers: Concept['resolvers'] = {
  Query: { me },
};

const role = enumType<Role>('Role', 'A role of an account. It says what the account may do.', {
  customer: 'Buys products and reviews them.',
  seller: 'Sells its own products.',
  staff: 'Runs the shop: products, stock, orders and refunds.',
  administrator: 'Grants and revokes roles, and may do what staff may.',
  carrier: 'Delivers shipments.',
  analyst: 'Reads the figures of the shop.',
});

const accountType = objectType('Account', Account, {
  isNode: true,
  readModels: [people],
  omit: ['registeredAt'],
  types: { roles: 'Role' },
  fields: {
    reviews: {
      type: 'ReviewConnection!',
      description: 'The reviews that the account has written, newest first.',
      args: pageArguments,
      resolve: ({ id }: AccountShown, args: PageArguments, { services }: EdgeContext) =>
        connectionOf(services.readers.reviews.byAuthor(id), args),
    },
  },
});

const sessionSuccess = `
  "For the header \`Authorization: Bearer …\`; good for a short while."
  accessToken: String!
  "When the access token ends."
  accessTokenExpiresAt: DateTime!
  "Gets the next access token, once, with \`refreshSession\`; keep it secret."
  refreshToken: String!
  "When the session ends, and a log-in is needed again."
  sessionExpiresAt: DateTime!
  "For \`logIn\` on the same device later, for a year: wrong attempts from elsewhere then do not hold it up. It opens nothing; keep it secret all the same."
  deviceToken: String!
  "Who has logged in."
  account: Account!`;

const credentials = `
  "The e-mail address."
  email: String!
  "The password."
  password: String!`;
const refreshTokenInput = `
  "The newest refresh token of the session."
  refreshToken: String!`;

type Credentials = { readonly email: string; readonly password: string };
type LogIn = Credentials & { readonly deviceToken?: string | null };
type ByRefreshToken = { readonly refreshToken: string };

/** As the account is found by it. */
const byEmail = ({ email, deviceToken }: LogIn): Sender => ({
  name: canonicalEmail(email),
  deviceToken,
});
/** The whole of it: under one key each token is a command of its own. */
const byToken = ({ refreshToken }: ByRefreshToken): Sender => ({ name: refreshToken });

export const accountMutations = {
  signUp: mutation('signUp', {
    description: 'Makes an account, and logs in.',
    input: `${credentials}
  "What to be called."
  name: String!`,
    success: sessionSuccess,
    rejections: ['EMAIL_TAKEN', 'EMAIL_INVALID', 'NAME_EMPTY', 'PASSWORD_TOO_SHORT', 'PASSWORD_INVALID'],
    forGuests: byEmail,
    command: ({ email, password, name }: Credentials & { name: string }) => ({ email, password, name }),
    keep: session,
  }),
  logIn: mutation('logIn', {
    description: 'Opens a session.',
    input: `${credentials}
  "The deviceToken of an earlier log-in on this device, where there was one."
  deviceToken: String`,
    success: sessionSuccess,
    rejections: ['CREDENTIALS_WRONG'],
    forGuests: byEmail,
    command: ({ email, password }: LogIn) => ({ email, password }),
    keep: session,
  }),
  refreshSession: mutation('refreshSession', {
    description:
      'Gets new tokens for an old refresh token, which is good no more. Shown again within 30 seconds it gets the same new one; later that ends its session.',
    input: refreshTokenInput,
    success: sessionSuccess,
    rejections: ['SESSION_INVALID'],
    forGuests: byToken,
    command: ({ refreshToken }: ByRefreshToken) => ({ refreshToken }),
    keep: session,
  }),
  logOut: mutation('logOut', {
    description: 'Ends a session. Its access tokens end by themselves, soon.',
    input: refreshTokenInput,
    success: '',
    rejections: ['SESSION_INVALID'],
    forGuests: byToken,
    command: ({ refreshToken }: ByRefreshToken) => ({ refreshToken }),
    keep: () => ({}),
  }),
};

/** Of whose account, and which role. */
const roleInput = `
  "The account's id; or give its email."
  accountId: ID
  "The account's e-mail address; or give its accountId."
  email: String
  "The role in question."
  role: Role!`;

type RoleInput = {
  readonly accountId?: AccountId | null;
  readonly email?: string | null;
  readonly role: Role;
};

const roleChange = {
  success: `
  "The account as it is now."
  account: Account`,
  command: ({ accountId, email, role }: RoleInput) => ({ ...given({ accountId, email }), role }),
  keep: ({ accountId }: { readonly accountId: AccountId }) => ({ accountId }),
  fields: {
    account: afterwards(({ accountId }: { readonly accountId: AccountId }, context) =>
      context.account(accountId),
    ),
  },
};

export const roleMutations = {
  grantRole: mutation('grantRole', {
    ...roleChange,
    description: 'Gives an account a role. For administrators.',
    input: roleInput,
    rejections: ['ACCOUNT_NOT_FOUND'],
  }),
  revokeRole: mutation('revokeRole', {
    ...roleChange,
    description:
      'Takes a role from an account; the last administrator stays one. Access tokens that it has tell the role until they end. For administrators.',
    input: roleInput,
    rejections: ['ACCOUNT_NOT_FOUND', 'LAST_ADMINISTRATOR'],
  }),
};

const mutations = mutationsConcept({ ...accountMutations, ...roleMutations });

export const accounts: Concept = combined({ typeDefs: queries, resolvers }, role, accountType, mutations);

import {
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '../../../commands';
import type { AccountId, Instant, Realm, Role } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import type { CommandContext } from '../../../platform/execution';
import { permissionsOfAll } from '../../../commands/use-case/permissions';
import { EdgeContext } from '../../../gateways/graphql/context';
import { createLoaders } from '../../../gateways/graphql/readers/loaders';
import { guest, type Viewer } from '../../../gateways/graphql/access/caller';
import { edgeSchema } from '../../../gateways/graphql/schema';
import { accessOf } from '../../../gateways/graphql/schema/resolvers';
import { createTokens } from '../../../gateways/graphql/access/tokens';
import { buy, createOrderBench, furnish, system } from '../commands/order-fixture';
import { createVirtualClock } from '../time/virtual-clock';
import { examplesOf, type ExampleValues } from './argument-examples';
import { id, ids, startEdge } from './edge';
import { invoiceDocument } from './invoices';

/**
 * The answer that a caller gets: `yes`, the answer; `none`, as if there were no such thing; `log in`, a request to log in; `realm`, one to log
 * in elsewhere; `no`, a refusal.
 */
export type Verdict = 'yes' | 'none' | 'log in' | 'realm' | 'no';

type Caller = { readonly id: AccountId; readonly roles: readonly Role[]; readonly realm?: Realm };

const outsider = id<AccountId>(9);

/** The accounts that ask, by the name of their column. The order and its parts are the owner's, the product is the seller's. */
const accounts = {
  'other customer': { id: outsider, roles: ['customer'] },
  owner: { id: ids.ada, roles: ['customer'] },
  'other seller': { id: outsider, roles: ['customer', 'seller'] },
  seller: { id: ids.sam, roles: ['customer', 'seller'] },
  carrier: { id: outsider, roles: ['carrier'] },
  analyst: { id: outsider, roles: ['analyst'] },
  staff: { id: outsider, roles: ['staff'] },
  administrator: { id: outsider, roles: ['administrator'] },
  // With tokens of one realm; those of the others are of all.
  'seller in the shop': { id: ids.sam, roles: ['customer', 'seller'], realm: 'customer' },
  'seller among merchants': { id: ids.sam, roles: ['customer', 'seller'], realm: 'merchant' },
  'staff in the shop': { id: outsider, roles: ['staff'], realm: 'customer' },
  'staff among merchants': { id: outsider, roles: ['staff'], realm: 'merchant' },
  'staff in the console': { id: outsider, roles: ['staff'], realm: 'platform' },
} as const satisfies Readonly<Record<string, Caller>>;

export const callerNames = ['anonymous', 'expired', ...Object.keys(accounts)] as const;

const unlimited = { perSecond: 1e9, burst: 1e9, clientsMax: 100 };
const notFound = /NotFoundError$/;

/** The order and the product of the matrix, known to the commands as well as to the read models. */
const openCommands = async () => {
  const bench = createOrderBench();
  const { mug } = await furnish(bench);
  const orderId = await buy(bench, [[mug, 1]], { by: ids.ada });
  const price = { amountMinor: 100, currency: 'GBP' as CurrencyCode };
  const product = { sku: 'POT', name: 'Pot', description: '', category: 'desk', price, sellerId: ids.sam };
  const { productId } = await bench.demand('registerProduct', product, { as: system });
  const client: CommandClient = {
    send: async <Name extends UseCaseName>(name: Name, input: InputOf<Name>, context: CommandContext) =>
      bench.clock.drive(bench.life().useCases[name](input, context)) as Promise<Outcome<SuccessOf<Name>>>,
    healthy: () => true,
    close: () => Promise.resolve(),
  };
  const adminInput = { email: 'admin@example.com', name: 'Admin', roles: ['administrator' as const] };
  const { accountId: administratorId } = await bench.demand('provisionAccount', adminInput);
  return { client, orderId, productId, administratorId };
};

/** An edge on a small shop, and the headers of all callers. */
export const openMatrix = async () => {
  const { client, orderId, productId, administratorId } = await openCommands();
  const edge = startEdge({
    commands: client,
    limits: {
      rate: unlimited,
      workRate: unlimited,
      credentialsRate: unlimited,
      wrongPerAddress: unlimited,
      wrongPerSender: unlimited,
    },
    operations: {
      perform: () =>
        Promise.resolve({ kind: 'rejected', rejection: { code: 'READ_MODEL_NOT_FOUND', readModel: 'x' } }),
    },
  });
  edge.shop.invoices.push(invoiceDocument({ customerId: ids.ada, orderId: ids.order } as never));
  edge.shop.payments.push({ id: ids.payment, orderId: ids.order, customerId: ids.ada } as never);
  const long = createTokens(edge.deps.tokens, createVirtualClock('2020-01-01T00:00:00.000Z' as Instant));
  const who = { id: ids.ada, email: 'ada@example.com', name: 'Ada', roles: ['administrator'] as const };
  const headers = new Map<string, string | undefined>([
    ['anonymous', undefined],
    ['expired', `Bearer ${(await long.issue(who)).accessToken}`],
  ]);
  for (const [name, caller] of Object.entries<Caller>(accounts))
    headers.set(
      name,
      // The events of this one are read, too: it must be an administrator there.
      await edge.tokenIn(
        caller.realm,
        name === 'administrator' ? administratorId : caller.id,
        ...caller.roles,
      ),
    );
  /** Arguments whose example is not that of their type. */
  const values: ExampleValues = {
    orderId,
    productId,
    x: 1,
    y: 1,
    currency: 'GBP',
    email: 'new@example.com',
    quantity: 1,
    rating: 5,
    country: 'GB',
    warehouseId: '1',
  };
  return { edge, headers, values, close: () => edge.app.close() };
};

export type Matrix = Awaited<ReturnType<typeof openMatrix>>;

/** The examples of the queries, whose documents are in the read models. */
const ofQueries: Readonly<Record<string, ExampleValues>> = {
  order: { id: ids.order },
  shipment: { id: ids.shipment },
  payment: { id: ids.payment },
  product: { id: ids.mug },
  seller: { id: ids.sam },
  node: { id: ids.order },
  tracking: { number: '1Z999' },
  invoice: { number: 'INV-2026-000007' },
  deliveryNote: { orderId: ids.order, shipmentId: null },
  exchangesOfShipment: { number: '9007' },
  events: { stream: `order-${ids.order}` },
  explain: { readModel: 'order', id: ids.order },
};

const onReview = { reviewId: ids.review };

/** The examples of mutations that differ from those of the others. */
const ofMutations: Readonly<Record<string, ExampleValues>> = {
  registerProduct: { sellerId: ids.sam },
  grantRole: { role: 'seller' },
  revokeRole: { role: 'seller' },
  voteHelpful: onReview,
  retractHelpfulVote: onReview,
  reportContribution: onReview,
  dismissReports: onReview,
  hideContribution: onReview,
  restoreContribution: onReview,
};

/** The ways to fields that declare a rule of their own, below the field at which an operation begins. */
const ways: Readonly<Record<string, string>> = {
  'Order.holds': `{ order(id: "${ids.order}") { holds { __typename } } }`,
  'Order.internal': `{ order(id: "${ids.order}") { internal { __typename } } }`,
  'Product.priceHistory': `{ product(id: "${ids.mug}") { priceHistory { __typename } } }`,
  'Product.scheduledPrices': `{ product(id: "${ids.mug}") { scheduledPrices { __typename } } }`,
  'Product.stock': `{ product(id: "${ids.mug}") { stock { __typename } } }`,
  'Warehouse.stock': '{ warehouses { stock { __typename } } }',
};

const named = (type: GraphQLOutputType): GraphQLOutputType =>
  isNonNullType(type) || isListType(type) ? named(type.ofType as GraphQLOutputType) : type;

const selectionOf = ({ type }: GraphQLField<unknown, unknown>): string =>
  isObjectType(named(type)) || isUnionType(named(type)) || 'getFields' in named(type)
    ? ' { __typename }'
    : '';

const operationOf = (kind: string, field: GraphQLField<unknown, unknown>): string => {
  const { name, args } = field;
  const declared = args.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const passed = args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const [open, pass] = args.length === 0 ? ['', ''] : [`(${declared})`, `(${passed})`];
  return `${kind} ${open} { ${name}${pass}${selectionOf(field)} }`;
};

type Answer = Awaited<ReturnType<Matrix['edge']['ask']>>;

const verdictOf = ({ data, errors }: Answer, what: string): Verdict => {
  const code = errors?.[0]?.extensions.code;
  if (code === 'NOT_AUTHENTICATED' || code === 'UNAUTHENTICATED') return 'log in';
  if (code === 'NOT_PERMITTED') return 'no';
  if (code === 'WRONG_REALM') return 'realm';
  if (code === 'INPUT_INVALID' || code === 'GRAPHQL_VALIDATION_FAILED')
    throw new Error(`${what}: the example is wrong: ${JSON.stringify(errors)}`);
  if (errors !== undefined) return 'yes';
  const [value] = Object.values(data ?? {}) as ({ readonly __typename?: string } | null)[];
  return value === null || notFound.test(value?.__typename ?? '') ? 'none' : 'yes';
};

const viewerOf = (name: string): Viewer => {
  if (name === 'anonymous') return guest;
  if (name === 'expired') return { kind: 'guest', because: 'expired' };
  const { id: of, roles, realm } = (accounts as Readonly<Record<string, Caller>>)[name]!;
  const who = { kind: 'account', id: of, email: 'a', name: 'A', roles, realm, untilMs: Infinity } as const;
  return { ...who, permissions: permissionsOfAll(roles, [], realm) };
};

/** Opens a subscription as one caller. */
const verdictOfSubscription = async (
  { edge }: Matrix,
  { subscribe, args }: GraphQLField<unknown, unknown>,
  name: string,
): Promise<Verdict> => {
  const services = {
    ...edge.deps,
    access: { present: (viewer: Viewer) => Promise.resolve(viewer) },
    loaders: createLoaders(edge.deps.readers, () => 'none'),
    live: { listen: () => ({ stop: () => undefined }) },
  };
  const context = new EdgeContext(services as never, viewerOf(name), 'here');
  const given = Object.fromEntries(
    args.filter(({ type }) => isNonNullType(type)).map((arg) => [arg.name, ids.order]),
  );
  try {
    const updates = (await subscribe!(undefined, given, context, {} as never)) as AsyncIterator<unknown>;
    await updates.return?.();
    return 'yes';
  } catch (error) {
    switch ((error as { readonly code?: string }).code) {
      case 'NOT_AUTHENTICATED':
        return 'log in';
      case 'NOT_PERMITTED':
        return 'no';
      case 'WRONG_REALM':
        return 'realm';
      // The order of another customer does not exist.
      case 'INPUT_INVALID':
        return 'none';
      default:
        throw error;
    }
  }
};

export type Row = {
  readonly field: string;
  readonly rule: ReturnType<typeof accessOf>;
  readonly verdicts: readonly Verdict[];
};

const rowsOf =
  (kind: 'Query' | 'Mutation' | 'Subscription') =>
  async (matrix: Matrix): Promise<readonly Row[]> => {
    const type = matrix.edge && edgeSchema().getType(kind);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    const rows: Row[] = [];
    for (const field of fields) {
      const known =
        kind === 'Query' ? { ...ofQueries[field.name] } : { ...matrix.values, ...ofMutations[field.name] };
      const query = operationOf(kind.toLowerCase(), field);
      const verdicts: Verdict[] = [];
      for (const [name, as] of matrix.headers)
        verdicts.push(
          kind === 'Subscription'
            ? await verdictOfSubscription(matrix, field, name)
            : verdictOf(
                await matrix.edge.ask(query, {
                  ...(as === undefined ? {} : { as }),
                  variables: examplesOf(field.args, known),
                }),
                `${field.name} as ${name}`,
              ),
        );
      rows.push({ field: `${kind}.${field.name}`, rule: accessOf(field), verdicts });
    }
    return rows;
  };

export const queryRows = rowsOf('Query');
export const mutationRows = rowsOf('Mutation');
export const subscriptionRows = rowsOf('Subscription');

/** Returns the rows of fields with a rule of their own. @throws Error for one to which no way is known. */
export const innerRows = async ({ edge, headers }: Matrix): Promise<readonly Row[]> => {
  const roots = ['Query', 'Mutation', 'Subscription'];
  const guarded = Object.values(edgeSchema().getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !roots.includes(name))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        accessOf(field) === undefined ? [] : [{ name: `${type.name}.${field.name}`, rule: accessOf(field) }],
      ),
    );
  const rows: Row[] = [];
  for (const { name: field, rule } of guarded) {
    const way = ways[field];
    if (way === undefined) throw new Error(`${field} has a rule of its own: add a way to it`);
    const verdicts: Verdict[] = [];
    for (const [name, as] of headers)
      verdicts.push(verdictOf(await edge.ask(way, as === undefined ? {} : { as }), `${field} as ${name}`));
    rows.push({ field, rule, verdicts });
  }
  return rows;
};

import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isUnionType,
  validateSchema,
} from 'graphql';
import type { MutationName } from '../../../commands';
import { rejections } from '../../../commands/rejections';
import { edgeSchema } from './';
import { rejectionsOf } from './mutation';
import { parkedWorkRejections } from './parked-work';
import { checkInvariantsRejections } from './invariants';
import { readModelRejections } from './read-model-operations';
import { accessOf, attach } from './resolvers';
import { turnWorldFaultsRejections } from './simulated-world';
import { errorTypeOf } from './user-errors';

const schema = edgeSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
const ours = types.filter(({ name }) => !['String', 'Int', 'Float', 'Boolean', 'ID'].includes(name));

type Told = { readonly name: string; readonly description?: string | null | undefined };
type Field = Told & { readonly args?: readonly Told[] };

const fieldsOf = (type: (typeof types)[number]): readonly Field[] =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? Object.values<Field>(type.getFields())
    : [];

it('is valid', () => expect(validateSchema(schema)).toEqual([]));

it('describes every type, field, argument and value', () => {
  const silent = ours.flatMap((type) => [
    ...(type.description ? [] : [type.name]),
    ...fieldsOf(type).flatMap((field) => [
      ...(field.description ? [] : [`${type.name}.${field.name}`]),
      ...(field.args ?? [])
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${field.name}(${name})`),
    ]),
    ...(isEnumType(type) ? type.getValues() : [])
      .filter(({ description }) => !description)
      .map(({ name }) => `${type.name}.${name}`),
  ]);
  expect(silent).toEqual([]);
});

const names = (typeName: string): readonly string[] =>
  fieldsOf(schema.getType(typeName)!).map(({ name }) => name);

it.each([
  ['Query', 'me products product cart order orders shipment tracking warehouses nearestWarehouse node'],
  ['Query', 'projections exchangeLog world events'],
  ['Mutation', 'signUp logIn refreshSession logOut addToCart changeCartLine removeFromCart'],
  ['Mutation', 'placeOrder payOrder cancelOrder changeDestination confirmReceipt'],
  ['Mutation', 'registerWarehouse receiveStock replenish writeReview editReview withdrawReview'],
  ['Subscription', 'orderUpdated shipmentMoved'],
  ['Product', 'id sku name description category price imageUrl availability rating offers reviews'],
  ['Availability', 'onHand available'],
  ['Rating', 'average count'],
  ['Order', 'id number status placedAt total lines shipments timeline'],
  ['OrderLine', 'product name sku quantity unitPrice'],
  ['TimelineEntry', 'at type summary'],
  ['Shipment', 'id number status warehouse destination truckId trackingNumber items timeline'],
  ['Account', 'id email name roles'],
  ['SignUpSuccess', 'accessToken refreshToken account'],
  ['PlaceOrderSuccess', 'order consistencyToken'],
  ['Projection', 'name version position head lagEvents lagSeconds status rebuild'],
  ['Rebuild', 'done total eventsPerSecond etaSeconds'],
  ['World', 'id connected unacked'],
  ['WorldCounters', 'sent received duplicatesDropped effects lostIncoming lostOutgoing'],
  ['PlaceOrderInput', 'destination carrierAccount paymentMethod warehouseId'],
  ['WriteReviewInput', 'productId sellerId rating text'],
])('%s has the fields that others rely on: %s', (typeName, wanted) => {
  expect(names(typeName)).toEqual(expect.arrayContaining(wanted.split(' ')));
});

it('keeps a refused field from taking others with it', () => {
  const root = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()),
  );
  const forStaff = ours
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ description }) => description?.includes('For staff.'));
  const required = [...root, ...forStaff].filter(({ type }) => isNonNullType(type));
  expect(required.map(({ name }) => name)).toEqual([]);
});

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

it.each(names('Mutation'))('%s has one input, one success and one error type a refusal', (name) => {
  const field = schema.getMutationType()!.getFields()[name]!;
  expect(field.args.map(({ name: argument, type }) => `${argument}: ${String(type)}`)).toEqual([
    `input: ${pascal(name)}Input!`,
  ]);
  expect(names(`${pascal(name)}Input`)).toContain('idempotencyKey');
  expect(names(`${pascal(name)}Success`)).toContain('consistencyToken');
  const result = schema.getType(`${pascal(name)}Result`);
  const members = isUnionType(result) ? result.getTypes().map((type) => type.name) : [];
  const declared =
    readModelRejections[name] ??
    parkedWorkRejections[name] ??
    checkInvariantsRejections[name] ??
    (name === 'turnWorldFaults' ? turnWorldFaultsRejections : rejectionsOf(name as MutationName));
  expect(members).toEqual([`${pascal(name)}Success`, ...declared.map((code) => errorTypeOf[code])]);
});

it('begins no operation at a field that does not declare who may use it', () => {
  const undeclared = buildSchema('type Query { open: String } type Mutation { a: String }');
  expect(() => attach(undeclared, [], {})).toThrow('Query.open does not declare');
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
  const missing = roots.flatMap((type) =>
    Object.values(type.getFields()).filter((field) => accessOf(field) === undefined),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

it('shows each refusal as a user error', () => {
  const union = schema.getType('UserError');
  const shown = isInterfaceType(union) ? schema.getPossibleTypes(union).map(({ name }) => name) : [];
  expect([...shown].sort()).toEqual(Object.values(errorTypeOf).sort());
  expect(errorTypeOf.ORDER_NOT_FOUND).toBe('OrderNotFoundError');
  const codes = schema.getType('ErrorCode');
  expect(isEnumType(codes) && codes.getValues().map(({ name }) => name)).toEqual(Object.keys(rejections));
});

it('pages everything that has no end', () => {
  const connections = ours.filter(({ name }) => name.endsWith('Connection'));
  const fields = ['edges', 'pageInfo', 'totalCount', 'totalCountIsExact'];
  const more: Readonly<Record<string, readonly string[]>> = { ProductConnection: ['facets'] };
  for (const { name } of connections) expect(names(name)).toEqual([...fields, ...(more[name] ?? [])]);
  expect(names('PageInfo')).toEqual(['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor']);
});

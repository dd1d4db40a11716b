import { parse } from 'graphql';
import { edgeSchema } from '../schema';
import { readModelsTouchedBy } from './touched-read-models';

const schema = edgeSchema();
const touched = (source: string) => readModelsTouchedBy(schema, parse(source));

it.each([
  ['{ me { name } }', ['accounts']],
  ['{ cart { itemCount } }', ['carts']],
  ['{ cart { lines { name product { name } } } }', ['carts', 'catalogue']],
  ['{ product(id: "1") { name rating { average } availability { available } } }', ['catalogue']],
  ['{ product(id: "1") { offers { seller { name } } } }', ['accounts', 'catalogue', 'seller_ratings']],
  ['{ orders { pageInfo { hasNextPage } } }', ['order_details', 'order_holds', 'order_tags', 'order_words']],
  [
    '{ orders { edges { node { shipments { status } } } } }',
    ['order_details', 'order_holds', 'order_tags', 'order_words', 'shipments'],
  ],
  ['{ tracking(number: "1") { warehouse { name } } }', ['shipments', 'warehouses']],
  ['{ warehouses { stock { edges { node { onHand } } } } }', ['stock_levels', 'warehouses']],
  ['{ exchangeLog(link: "world:main") { edges { cursor } } }', ['exchange_log']],
  ['{ world { unacked } }', ['world_commands', 'world_links']],
  ['{ projections { name } simulatedWorld { faults { flakiness } } }', []],
  ['{ __schema { types { name } } }', []],
  ['{ nothing { of: the } schema }', []],
])('%s reads %j', (source, readModels) => expect(touched(source)).toEqual(readModels));

it('counts what fragments select, once however often they are used', () =>
  expect(
    touched(`
      { cart { ...c } again: cart { ...c ... on Cart { total { formatted } } } }
      fragment c on Cart { lines { ...l } }
      fragment l on CartLine { product { reviews { edges { node { rating } } } } }
    `),
  ).toEqual(['carts', 'catalogue', 'helpful_votes', 'reviews']));

it('counts every type that has nodes where any node is looked for', () =>
  expect(touched('{ node(id: "1") { id } }')).toEqual([
    'accounts',
    'catalogue',
    'helpful_votes',
    'order_details',
    'posts',
    'reviews',
    'shipments',
    'warehouses',
  ]));

it('counts what a mutation shows of its effect, and nothing where it shows none', () => {
  const placeOrder = (shown: string) =>
    touched(
      `mutation { placeOrder(input: { destination: { x: 1, y: 2 } }) { ... on PlaceOrderSuccess { ${shown} } } }`,
    );
  expect(placeOrder('consistencyToken')).toEqual([]);
  expect(placeOrder('order { status }')).toEqual(['order_details']);
  expect(placeOrder('order { status shipments { status } }')).toEqual(['order_details', 'shipments']);
});

it('counts every type of a union, of which a value may be', () =>
  expect(
    touched(
      'mutation { voteHelpful(input: {}) { ... on VoteHelpfulSuccess { contribution { ... on Review { helpful } } } } }',
    ),
  ).toEqual(['helpful_votes', 'posts', 'reviews']));

import { ids, startEdge } from '../../../tests/support/graphql/edge';

const edge = startEdge();
let as: string;
beforeAll(async () => {
  as = await edge.tokenOf(ids.ada, 'customer', 'staff');
});
afterAll(() => edge.app.close());

const int = { min: -(2 ** 31), max: 2 ** 31 - 1 };
const safeInt = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };

const refused = (path: readonly string[], { min, max }: typeof int, value: number) => ({
  status: 400,
  errors: [
    {
      message: `${path.join('.')}: give a whole number from ${min} to ${max}, not ${value}`,
      locations: [expect.any(Object)],
      extensions: { code: 'INPUT_INVALID', path, min, max },
    },
  ],
});

const numbers = [3_000_000_000, -3_000_000_000, 2 ** 31, -(2 ** 31) - 1, 1e300, 1.5];

describe.each(numbers)('the number %d', (value) => {
  it('is refused as a field of a variable', async () => {
    const add = 'mutation ($input: AddToCartInput!) { addToCart(input: $input) { __typename } }';
    const place = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }';
    const line = { productId: ids.mug, quantity: value };
    expect(await edge.ask(add, { as, variables: { input: line } })).toEqual(
      refused(['input', 'quantity'], int, value),
    );
    const nowhere = { destination: { x: 1, y: value } };
    expect(await edge.ask(place, { as, variables: { input: nowhere } })).toEqual(
      refused(['input', 'destination', 'y'], int, value),
    );
  });

  it('is refused as a variable of its own', async () => {
    const query = 'query ($x: Int!, $y: Int!) { nearestWarehouse(x: $x, y: $y) { id } }';
    expect(await edge.ask(query, { variables: { x: value, y: 0 } })).toEqual(refused(['x'], int, value));
  });

  it('is refused in the text of a document', async () => {
    const query = `mutation { addToCart(input: { productId: "${ids.mug}", quantity: ${value} }) { __typename } }`;
    expect(await edge.ask(query, { as })).toEqual(refused(['input', 'quantity'], int, value));
  });

  it('is refused in a list', async () => {
    const query = 'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { __typename } }';
    const input = {
      orderId: ids.order,
      amount: { amountMinor: 1, currency: 'GBP' },
      lines: [
        { productId: ids.mug, quantity: 1 },
        { productId: ids.pot, quantity: value },
      ],
      reason: 'r',
    };
    expect(await edge.ask(query, { as, variables: { input } })).toEqual(
      refused(['input', 'lines', 'quantity'], int, value),
    );
  });
});

it.each([2 ** 53, 1.5])('%d is no SafeInt', async (value) => {
  const query = 'query ($from: SafeInt) { events(stream: "order-1", from: $from) { id } }';
  expect(await edge.ask(query, { as, variables: { from: value } })).toEqual(
    refused(['from'], safeInt, value),
  );
});

it.each([2 ** 53, 1.5])(
  '%d is no ID among the variables, since it may have been another number',
  async (value) => {
    const query = 'query ($id: ID!) { order(id: $id) { id } }';
    expect(await edge.ask(query, { as, variables: { id: value } })).toEqual(refused(['id'], safeInt, value));
    expect((await edge.ask('{ order(id: 9007199254740993) { id } }', { as })).data).toEqual({ order: null });
    expect((await edge.ask(query, { as, variables: { id: 7 } })).data).toEqual({ order: null });
  },
);

it('is reported equally for each repetition of the document', async () => {
  const query = 'query ($first: Int) { orders(first: $first) { edges { cursor } } }';
  for (let time = 0; time < 6; time += 1) {
    expect(await edge.ask(query, { as, variables: { first: 1.5 } })).toEqual(refused(['first'], int, 1.5));
    expect((await edge.ask(query, { as, variables: { first: 1 } })).status).toBe(200);
  }
});

it('lets pass what fits, to its very ends', async () => {
  const query = 'query ($x: Int!, $y: Int!) { nearestWarehouse(x: $x, y: $y) { id } }';
  const { data } = await edge.ask(query, { variables: { x: int.max, y: int.min } });
  expect(data).toEqual({ nearestWarehouse: { id: '1' } });
});

it.each([{ x: 'far', y: 0 }, { x: null, y: 0 }, { y: 0 }, { x: [1], y: 0 }])(
  'leaves %j to GraphQL, which knows better what is wrong with it',
  async (variables) => {
    const query = 'query ($x: Int!, $y: Int!) { nearestWarehouse(x: $x, y: $y) { id } }';
    expect(await edge.ask(query, { variables })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  },
);

describe('text that cannot be stored', () => {
  const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { __typename } }';
  const input = { email: 'ann@example.com', password: 'a long enough one', name: 'Ann' };

  it.each([
    ['half of a surrogate pair', { ...input, name: 'Ann\uD83D' }, 'name'],
    ['NUL', { ...input, name: 'A\0nn' }, 'name'],
    ['NUL', { ...input, idempotencyKey: 'k\0' }, 'idempotencyKey'],
  ])('is refused by name: %s in %j', async (what, wrong, field) => {
    expect(await edge.ask(signUp, { variables: { input: wrong } })).toMatchObject({
      status: 400,
      errors: [
        {
          message: expect.stringMatching(`^input.${field}: .*${what}`) as string,
          extensions: { code: 'INPUT_INVALID', path: ['input', field] },
        },
      ],
    });
  });

  it('is refused in a document', async () => {
    const answer = await edge.ask('{ search: products(query: "a\\u0000b", first: 1) { edges { cursor } } }');
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'INPUT_INVALID' } }] });
  });

  it('is not a whole pair', async () => {
    const query = 'query ($words: String) { products(query: $words, first: 1) { edges { cursor } } }';
    expect((await edge.ask(query, { variables: { words: '\u{1F600}' } })).errors).toBeUndefined();
  });
});

import { ids, startEdge } from '../../../tests/support/graphql/edge';

const place = { x: 3, y: -9 };
const { ada, mug, sam } = ids;
const edge = startEdge();
afterAll(() => edge.app.close());

const ask = async (name: string, input: object) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`;
  return edge.ask(query, { as: await edge.tokenOf(ada, 'customer'), variables: { input } });
};

it.each(['', 'nonsense', '0', '-1', '1.5', '0x1', ' 1', '01', '2147483648', '1e3'])(
  'the text %j is no warehouse id, and is an unknown warehouse',
  async (warehouseId) => {
    const input = { destination: place, warehouseId };
    await ask('placeOrder', input);
    expect(edge.commands.sent.at(-1)?.input).toMatchObject({ warehouseId: 0 });
    await ask('deactivateWarehouse', { warehouseId });
    expect(edge.commands.sent.at(-1)?.input).toEqual({ warehouseId: 0 });
  },
);

it('requires a product or a seller, and not both', async () => {
  for (const input of [
    { rating: 4, text: '' },
    { productId: mug, sellerId: sam, rating: 4, text: '' },
  ]) {
    const { errors } = await ask('writeReview', input);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'INPUT_INVALID' } });
  }
});

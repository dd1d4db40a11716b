import { orderVocabularies } from '../../../domain/order';
import { ids, startEdge } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
beforeEach(() => {
  edge = startEdge();
});
afterEach(() => edge.app.close());

const wordsOf = async (status: keyof typeof orderVocabularies.MINI_AMAZON.words) => {
  const stored = edge.shop.orders[0]!;
  const progress = status === 'REFUNDING' || status === 'REFUNDED' ? 'PAID' : status;
  edge.shop.orders[0] = { ...stored, document: { ...stored.document, status, progress } };
  const fields = Object.keys(orderVocabularies).map((name) => `${name}: statusIn(vocabulary: ${name})`);
  const as = await edge.tokenOf(ids.ada, 'customer');
  const { data } = await edge.ask(`{ order(id: "${ids.order}") { ${fields.join(' ')} } }`, { as });
  return (data as { order: Readonly<Record<string, string | null>> }).order;
};

it('a request of the customer that is open counts as a refund in shops with numbers', async () =>
  expect(await wordsOf('SHIPPED')).toMatchObject({ MERCHANT_BACK_END: '-1', SECOND_HAND: 'SHIPPED' }));

it.each([
  ['PLACED', [null, 'created', 'PENDING_PAYMENT', 'order created', null]],
  ['PAID', ['Unfulfilled', 'paid', 'PENDING_SHIP', 'paid', '0']],
  ['SHIPPED', ['Unfulfilled', null, 'SHIPPED', 'shipped', '1']],
  ['COMPLETED', ['Fulfilled', null, 'COMPLETED', 'completed', '2']],
  ['CANCELLED', [null, null, 'CANCELLED', null, null]],
  ['REFUNDING', [null, null, 'REFUNDING', 'refund', '-1']],
  ['REFUNDED', [null, null, 'CANCELLED', 'refund done', '3']],
] as const)('a %s order is %j in the words of other shops', async (status, words) => {
  edge.shop.afterSales.length = 0;
  expect(Object.values(await wordsOf(status))).toEqual(words);
});

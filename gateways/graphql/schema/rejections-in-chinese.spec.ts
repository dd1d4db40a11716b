import { messageOf, type Rejection, type RejectionCode } from '../../../commands/rejections';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { rejectionSamples as samples } from '../../../tests/support/graphql/rejection-samples';

const edge = startEdge();

it.each(Object.keys(samples) as RejectionCode[])('%s is said in Chinese, with its figures', (code) => {
  const message = messageOf({ code, ...samples[code] } as Rejection, 'zh');
  expect(message).toMatch(/。.*。$/);
  // Only what people and programs have named is written with Latin letters.
  expect(message).not.toMatch(/undefined|\b(the|of|not)\b/);
});

it.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', /^购物车最多有 9 种商品。/],
  ['en-GB,en;q=0.9,zh;q=0.8', /^A cart has at most 9 different products\. /],
])('a rejection is said in the language of the request: %s', async (language, message) => {
  edge.commands.reject('addToCart', { code: 'CART_FULL', linesMax: 9 });
  const { data } = await edge.ask(
    'mutation ($input: AddToCartInput!) { addToCart(input: $input) { ... on UserError { message } } }',
    {
      as: await edge.tokenOf(ids.ada, 'customer'),
      variables: { input: { productId: ids.mug, quantity: 1 } },
      headers: { 'accept-language': language },
    },
  );
  expect(data?.['addToCart']).toMatchObject({ message: expect.stringMatching(message) });
});

import { parse, validate } from 'graphql';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createLongWork } from './long-work';
import { edgeSchema } from '../schema';
import { createValidate } from './validate-document';

const schema = edgeSchema();

it.each([
  '{ me { id } }',
  '{ me { id nothing } product { id } } fragment Unused on Product { id }',
  'query ($a: Int, $a: Nothing) { me { id: name id } ...Missing }',
  '{ product(id: 7.5) { id @nothing } }',
])('finds in %s what graphql-js finds, in parts as at once', async (source) => {
  const validateInParts = createValidate(schema, createLongWork(createVirtualClock()));
  const document = parse(source);
  const messagesOf = (errors: readonly { readonly message: string }[]) =>
    errors.map(({ message }) => message).sort();
  const expected = messagesOf(validate(schema, document));
  for (const tokens of [1, 10_000])
    expect(messagesOf(await validateInParts(document, tokens, '203.0.113.1'))).toEqual(expected);
});

it('validates a long document in several pieces of work, and a short one in one', async () => {
  let pieces = 0;
  const validateInParts = createValidate(schema, async (_address, work) => {
    pieces += 1;
    return work();
  });
  await validateInParts(parse('{ me { id } }'), 6, '203.0.113.1');
  expect(pieces).toBe(1);
  await validateInParts(parse(`{ me { ${'id '.repeat(300)} } }`), 305, '203.0.113.1');
  expect(pieces).toBeGreaterThanOrEqual(4);
});

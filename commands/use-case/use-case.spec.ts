import { z } from 'zod';
import { fieldsOf, named, ofKind } from './fields';
import { callerIdSchema, moneySchema, productIdSchema, quantitySchema, textSchema } from './input';
import { nothing, rejected } from './outcome';
import { useCaseGroups, useCases } from '../registry';
import { useCase } from './use-case';

describe('a declared object', () => {
  it('has the fields of its schema, with their kinds', () => {
    const schema = z.object({
      customerId: callerIdSchema,
      note: textSchema(9).min(1).describe('A note.').exactOptional(),
      prices: z.array(moneySchema).readonly().describe('The prices.'),
    });
    expect(fieldsOf(schema)).toMatchObject([
      { name: 'customerId', optional: false, list: false, type: { kind: 'callerId' } },
      { name: 'note', description: 'A note.', optional: true, type: { kind: 'text' } },
      {
        name: 'prices',
        list: true,
        type: { object: 'Money', fields: [{ name: 'amountMinor' }, { name: 'currency' }] },
      },
    ]);
  });

  it('keeps its kind and gets another description where one is given', () => {
    const [field] = fieldsOf(z.object({ productId: productIdSchema.describe('Another.').optional() }));
    expect(field).toMatchObject({ description: 'Another.', optional: true, type: { kind: 'id' } });
    expect(fieldsOf(z.object({ productId: productIdSchema }))[0]?.description).toBe('The ID of the product.');
  });

  it('of a union has the fields of all members, and those of one member are optional', () => {
    const members = [
      z.object({ kind: z.literal('a'), one: quantitySchema }),
      z.object({ kind: z.literal('b') }),
    ];
    const union = named('Either', 'One of two.', z.union(members));
    const [field] = fieldsOf(z.object({ either: union }));
    expect(field?.type).toMatchObject({
      fields: [
        { name: 'kind', optional: false },
        { name: 'one', optional: true },
      ],
    });
  });

  it('refuses a schema of no kind, so that no type is guessed', () => {
    expect(() => fieldsOf(z.object({ count: z.number() }))).toThrow(
      'The field "count" has a number of no kind',
    );
    expect(fieldsOf(z.object({ count: ofKind('quantity', z.number()) }))).toHaveLength(1);
  });
});

describe('a use case', () => {
  it('cannot be compiled where its handler rejects with an undeclared code', () => {
    const declared = useCase({
      summary: 'Answers.',
      allow: 'everyone',
      input: z.object({}),
      success: z.object({}),
      rejections: ['CART_EMPTY'],
      // @ts-expect-error ORDER_EMPTY is not among the rejections.
      handle: () => Promise.resolve(rejected({ code: 'ORDER_EMPTY' })),
    });
    expect(declared.rejections).toEqual(['CART_EMPTY']);
  });

  it('can be compiled where its handler rejects with a declared code, or accepts', async () => {
    const declared = useCase({
      summary: 'Answers.',
      allow: 'everyone',
      input: z.object({ isEmpty: z.literal(['yes', 'no']) }),
      success: z.object({}),
      rejections: ['CART_EMPTY'],
      handle: ({ isEmpty }) =>
        Promise.resolve(
          isEmpty === 'yes' ? rejected({ code: 'CART_EMPTY' }) : { kind: 'accepted', value: nothing },
        ),
    });
    const outcome = await declared.handle({ isEmpty: 'yes' }, {} as never, {} as never);
    expect(outcome).toEqual({ kind: 'rejected', rejection: { code: 'CART_EMPTY' } });
  });
});

it('is in one group, and every group is in the registry', () => {
  const grouped = Object.values(useCaseGroups).flatMap((group) => Object.keys(group.useCases));
  expect(grouped.toSorted()).toEqual(Object.keys(useCases).toSorted());
});

it.each(Object.entries(useCases))('%s has a summary, described fields and no code twice', (_, declared) => {
  expect(declared.summary).toMatch(/^[A-Z].*\.$/);
  for (const { name, description } of [...fieldsOf(declared.input), ...fieldsOf(declared.success)])
    expect({ name, description }).toEqual({
      name,
      description: expect.stringMatching(/^[A-Z`].*\.$/) as string,
    });
  expect(new Set<string>(declared.rejections).size).toBe(declared.rejections.length);
});

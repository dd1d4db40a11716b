import { z } from 'zod';
import { plainWords } from './index';

const complaint = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: plainWords }).error?.issues[0]?.message;

describe('what is wrong with a value', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.coerce.number(), 'abc', 'must be a number'],
    [z.coerce.number().int(), '1.5', 'must be a whole number'],
    [z.number().min(2), 1, 'must be at least 2'],
    [z.number().max(99), 200, 'must be at most 99'],
    [z.string(), undefined, 'is missing'],
    [z.string(), 7, 'must be text'],
    [z.string().min(10), 'short', 'must have at least 10 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entries'],
    [z.enum(['on', 'off']), 'yes', 'must be one of on, off'],
    [z.email(), 'nobody', 'must be an e-mail address'],
    [z.guid(), 'x', 'must be a UUID'],
    [z.url(), 'x', 'must be a URL'],
    [z.strictObject({}), { a: 1 }, 'has no field a'],
    [z.string().regex(/^a$/, { error: 'must be a' }), 'b', 'must be a'],
  ])('is said in plain words: case %#', (schema, value, words) =>
    expect(complaint(schema, value)).toBe(words),
  );
});

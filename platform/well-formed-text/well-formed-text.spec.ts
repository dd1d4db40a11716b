import { illFormedTextIn, wellFormed } from './';

const lone = 'Ann\uD83D';

describe('text that cannot be stored', () => {
  it.each([
    ['the first half of a pair', { name: lone }, ['name'], 'half of a surrogate pair'],
    ['the second half of a pair', { name: '\uDE00 Ann' }, ['name'], 'half of a surrogate pair'],
    ['halves in the wrong order', { name: '\uDE00\uD83D' }, ['name'], 'half of a surrogate pair'],
    ['a NUL', { a: [{ b: 'x\0y' }] }, ['a', '0', 'b'], 'NUL'],
    ['a name of a field', { a: { [lone]: 1 } }, ['a'], 'name'],
  ])('is found with its path: %s', (_, value, path, words) => {
    const found = illFormedTextIn(value);
    expect(found?.path).toEqual(path);
    expect(found?.problem).toContain(words);
  });

  it.each([['Ann \u{1F600}'], [''], [7], [null], [undefined], [{ a: ['é', true, null] }]])(
    'is not %j',
    (value) => {
      expect(illFormedTextIn(value)).toBeUndefined();
      expect(wellFormed(value)).toBe(value);
    },
  );

  it('becomes well-formed with U+FFFD, at every depth', () => {
    expect(wellFormed({ [lone]: [lone, { b: 'é\u{1F600}' }] })).toEqual({
      'Ann\uFFFD': ['Ann\uFFFD', { b: 'é\u{1F600}' }],
    });
  });
});

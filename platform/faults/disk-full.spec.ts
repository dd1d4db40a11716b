import { Fault, isDiskFull } from './index';

const coded = (code: string, cause?: unknown): Error => Object.assign(new Error('no', { cause }), { code });

describe('a full disk', () => {
  it.each([
    ['SQLite’s error', coded('SQLITE_FULL')],
    ['the system’s error', coded('ENOSPC')],
    ['a quota', coded('EDQUOT')],
    ['our own fault', new Fault('STORE_FULL', 'The disk is full')],
    [
      'one that caused another',
      new Fault('CONFIG_INVALID', 'no', { cause: new Error('x', { cause: coded('ENOSPC') }) }),
    ],
  ])('is recognized by %s', (_, error) => expect(isDiskFull(error)).toBe(true));

  it.each([
    ['another error', coded('EACCES')],
    ['no error', undefined],
    ['text', 'ENOSPC'],
  ])('is not recognized by %s', (_, error) => expect(isDiskFull(error)).toBe(false));
});

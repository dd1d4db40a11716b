import { type SomeRows } from './row';

export const accountRejections = {
  EMAIL_TAKEN: {
    kind: 'already-exists',
    why: 'This e-mail address has an account already.',
    remedy: 'Log in instead, or sign up with another address.',
    figures: {},
    about: ['email'],
  },
  ACCOUNT_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such account.',
    remedy: 'Sign up first, or check the id.',
    figures: {},
  },
  EMAIL_INVALID: {
    kind: 'invalid',
    why: 'This is not an e-mail address.',
    remedy: 'Give an address such as ada@example.com.',
    figures: {},
    about: ['email'],
  },
  NAME_EMPTY: {
    kind: 'invalid',
    why: 'The name is empty.',
    remedy: 'Give a name.',
    figures: {},
    about: ['name'],
  },
  TELEPHONE_INVALID: {
    kind: 'invalid',
    why: 'This is not a telephone number.',
    says: ({ min, max }) => `A telephone number has ${min} to ${max} digits, after a + or not.`,
    remedy: 'Give the digits of the number, with the country code after a +.',
    figures: {
      min: { type: 'Int', text: 'The minimum number of digits.' },
      max: { type: 'Int', text: 'The maximum number of digits.' },
    },
    about: ['telephone'],
  },
  SESSION_INVALID: {
    kind: 'unauthenticated',
    why: 'The refresh token is invalid: it was replaced or logged out, it has expired, or this platform did not issue it.',
    remedy: 'Log in again.',
    figures: {},
    about: ['refreshToken'],
  },
  LAST_ADMINISTRATOR: {
    kind: 'wrong-state',
    why: 'This is the last administrator.',
    remedy: 'Grant the role to another account first, with grantRole.',
    figures: {},
    about: ['role'],
  },
  CREDENTIALS_WRONG: {
    kind: 'unauthenticated',
    why: 'No account has this e-mail address and password.',
    remedy: 'Check both, or sign up.',
    figures: {},
    about: ['password'],
  },
  PASSWORD_INVALID: {
    kind: 'invalid',
    why: 'The password has only spaces, or contains control characters.',
    remedy: 'Choose a password of letters, digits and other printable characters.',
    figures: {},
    about: ['password'],
  },
  PASSWORD_TOO_SHORT: {
    kind: 'invalid',
    why: 'The password is too short.',
    says: ({ min }) => `A password has at least ${min} characters.`,
    remedy: 'Choose a longer password.',
    figures: { min: { type: 'Int', text: 'The minimum number of characters.' } },
    about: ['password'],
  },
} satisfies SomeRows;

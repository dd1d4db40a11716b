import { isBlank } from '../../domain/kernel';
import type { RejectionOf } from '../rejections';

/** The minimum length, in characters of any number of code units. NIST SP 800-63B: length is what counts. */
const LENGTH_MIN = 8;
const CONTROL = /\p{Cc}/u;
const OTHER_BLANK = /\p{Zs}/gu;

/**
 * Normalises a password: composed and decomposed letters are equal, and so are all blanks (RFC 8265, OpaqueString: one
 * kind of blank, then Unicode NFC). Unlike there, invisible letters stay, because emoji contain them.
 */
export const preparedPassword = (password: string): string =>
  password.replace(OTHER_BLANK, ' ').normalize('NFC');

type PasswordRejection = RejectionOf<'PASSWORD_TOO_SHORT'> | RejectionOf<'PASSWORD_INVALID'>;

/** Returns the reason why a password cannot be chosen; undefined if it can. */
export const passwordObjection = (password: string): PasswordRejection | undefined => {
  const prepared = preparedPassword(password);
  if (Array.from(prepared).length < LENGTH_MIN) return { code: 'PASSWORD_TOO_SHORT', min: LENGTH_MIN };
  if (isBlank(prepared) || CONTROL.test(prepared)) return { code: 'PASSWORD_INVALID' };
  return undefined;
};

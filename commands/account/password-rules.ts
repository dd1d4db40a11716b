import { isBlank } from '../../domain/kernel';
import type { RejectionOf } from '../rejections';

/** NIST SP 800-63B: length is what counts. In characters, however many code units they take. */
const LENGTH_MIN = 8;
const CONTROL = /\p{Cc}/u;
const OTHER_BLANK = /\p{Zs}/gu;

/**
 * Gives a password in one spelling: composed and decomposed letters are the same, and so are all blanks (RFC 8265, OpaqueString:
 * one kind of blank, then Unicode NFC). Other than there, letters that cannot be seen stay, since emoji hold them.
 */
export const preparedPassword = (password: string): string =>
  password.replace(OTHER_BLANK, ' ').normalize('NFC');

type PasswordRejection = RejectionOf<'PASSWORD_TOO_SHORT'> | RejectionOf<'PASSWORD_INVALID'>;

/** Returns why a password cannot be chosen; undefined where it can. */
export const passwordObjection = (password: string): PasswordRejection | undefined => {
  const prepared = preparedPassword(password);
  if (Array.from(prepared).length < LENGTH_MIN) return { code: 'PASSWORD_TOO_SHORT', min: LENGTH_MIN };
  if (isBlank(prepared) || CONTROL.test(prepared)) return { code: 'PASSWORD_INVALID' };
  return undefined;
};

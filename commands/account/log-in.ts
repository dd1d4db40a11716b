import { z } from 'zod';
import { account } from '../../domain/account';
import { emailSchema, parse, passwordSchema } from '../input';
import { rejected } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { openSession, type AccountDeps } from './sessions';

const schema = z.object({ email: emailSchema, password: passwordSchema });

/** An unknown address and a wrong password are told alike, and take as long. */
export const logIn =
  (deps: AccountDeps): UseCaseOf<'logIn'> =>
  async (input, context) => {
    const { email, password } = parse(schema, input);
    const known = await deps.aggregates.load(account, await deps.accountIds.of(email));
    const passwordHash = known.status === 'NONE' ? undefined : known.passwordHash;
    const matches = await deps.passwords.matches(password, passwordHash);
    if (!matches || known.status === 'NONE') return rejected({ code: 'CREDENTIALS_WRONG' });
    return openSession(deps, known, context, known.passwordHash);
  };

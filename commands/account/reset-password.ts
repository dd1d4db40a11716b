import { z } from 'zod';
import { account } from '../../domain/account';
import { demandSystem } from '../authorization';
import { emailSchema, parse, passwordSchema } from '../input';
import { outcomeOf, rejected } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { passwordObjection } from './password-rules';
import { namedAccount } from './administration';
import type { AccountDeps } from './sessions';

const schema = z.object({ email: emailSchema, password: passwordSchema });

/** Sets a password anew, for whoever runs the platform, and ends all sessions of the account. */
export const resetPassword =
  (deps: AccountDeps): UseCaseOf<'resetPassword'> =>
  async (input, context) => {
    const { email, password } = parse(schema, input);
    demandSystem(context);
    const objection = passwordObjection(password);
    if (objection !== undefined) return rejected(objection);
    const { accountId, known } = await namedAccount(deps, { email });
    if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
    const passwordHash = await deps.passwords.hash(password);
    const executed = await deps.aggregates.execute(
      account,
      accountId,
      { type: 'ChangePassword', accountId, passwordHash, at: deps.clock.now() },
      context,
    );
    return outcomeOf(executed, { accountId });
  };

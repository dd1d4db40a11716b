import { z } from 'zod';
import { account } from '../../domain/account';
import { type Role } from '../../domain/kernel';
import { emailSchema, nameSchema, parse, passwordSchema } from '../input';
import { rejected } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { passwordObjection } from './password-rules';
import { openSession, type AccountDeps } from './sessions';

const schema = z.object({ email: emailSchema, password: passwordSchema, name: nameSchema });

/** Makes a customer's account and logs in. An address has one account. */
export const signUp =
  (deps: AccountDeps): UseCaseOf<'signUp'> =>
  async (input, context) => {
    const { email, password, name } = parse(schema, input);
    const objection = passwordObjection(password);
    if (objection !== undefined) return rejected(objection);
    const { aggregates, clock, passwords } = deps;
    const accountId = await deps.accountIds.of(email);
    const roles: readonly Role[] = ['customer'];
    const passwordHash = await passwords.hash(password);
    const executed = await aggregates.execute(
      account,
      accountId,
      { type: 'RegisterAccount', accountId, email, name, passwordHash, roles, at: clock.now() },
      context,
    );
    if (executed.kind !== 'accepted') return executed;
    const [registered] = executed.events;
    if (registered?.type !== 'AccountRegistered') return rejected({ code: 'EMAIL_TAKEN' });
    // A repeat finds the hash of the first time; its sender has to know the password all the same.
    const stored = registered.data.passwordHash;
    if (stored !== passwordHash && !(await passwords.matches(password, stored)))
      return rejected({ code: 'EMAIL_TAKEN' });
    return openSession(deps, registered.data, context);
  };

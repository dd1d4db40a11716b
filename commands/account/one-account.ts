import { z } from 'zod';
import { accountIdSchema, emailSchema } from '../use-case/input';

/** The input of a use case about one account that is named by its id or its address. */
export const ofOneAccount = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object({
      accountId: accountIdSchema.describe('The ID of the account. Give it or `email`.').exactOptional(),
      email: emailSchema
        .describe('The e-mail address of the account. Give it or `accountId`.')
        .exactOptional(),
      ...shape,
    })
    .refine(
      (given: { readonly accountId?: unknown; readonly email?: unknown }) =>
        (given.accountId === undefined) !== (given.email === undefined),
      { error: 'give either accountId or email' },
    );

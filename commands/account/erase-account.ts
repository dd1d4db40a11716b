import { z } from 'zod';
import { account, type ErasureParty, type KnownAccount } from '../../domain/account';
import { tally, type AccountId } from '../../domain/kernel';
import type { CommandContext } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { named } from '../use-case/fields';
import {
  accountIdSchema,
  callerIdSchema,
  instantSchema,
  passwordSchema,
  quantitySchema,
} from '../use-case/input';
import { notAccepted, rejected, type Outcome } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { namedAccount, removeAdministrator } from './administration';
import { finishErasure, type ErasureDeps } from './finish-erasure';
import { ofOneAccount } from './one-account';
import { objectionToRole, patternsNow, patternsOfAccount } from './own-patterns';
import type { AccountDeps } from './sessions';

type Deps = AccountDeps & ErasureDeps;

const erasedStreams = named(
  'ErasedStreams',
  'The streams of one kind whose personal data was erased.',
  z.object({
    category: z.string().describe('The kind of the streams, such as `order`.'),
    count: quantitySchema.describe('The number of streams.'),
  }),
);

/** The streams that an answer names. */
const STREAMS_SHOWN_MAX = 1_000;

/** The certificate of an erasure. */
export const erasureCertificate = z.object({
  certificateId: z.string().describe('Identifies the erasure. A UUID.'),
  accountId: accountIdSchema.describe('The account that was erased.'),
  erasedAt: instantSchema.describe('The time of the erasure.'),
  counts: z
    .array(erasedStreams)
    .readonly()
    .describe(
      'The streams with personal data of the person, by kind. Empty where the key is not destroyed yet: the platform does that by itself. A repeat of `eraseAccountOnRequest` with the same idempotency key then answers with all.',
    ),
  streams: z
    .array(z.string().describe('A stream: `<category>-<id>`.'))
    .readonly()
    .describe(`The names of the streams, the first ${STREAMS_SHOWN_MAX}.`),
});

type Certificate = z.output<typeof erasureCertificate>;

const countsOf = (streams: readonly string[]): Certificate['counts'] =>
  [...tally(streams.map((stream) => stream.slice(0, stream.indexOf('-'))))]
    .sort()
    .map(([category, count]) => ({ category, count }));

/** Returns an objection to the erasure while the person and the shop still have something open. */
const objectionTo = async (deps: Deps, { accountId }: Pick<KnownAccount, 'accountId'>) => {
  await deps.people.catchUp();
  const { orders, requests, sales } = await deps.people.openMattersOf(accountId);
  return orders + requests + sales === 0
    ? undefined
    : ({ code: 'ACCOUNT_HAS_OPEN_MATTERS', orders, requests, sales } as const);
};

/** Returns the certificate of an erasure that is stored, after all that could be done for it by now. */
const certified = async (
  deps: Deps,
  erased: Pick<Certificate, 'accountId' | 'certificateId' | 'erasedAt'>,
  context: CommandContext,
): Promise<Certificate> => {
  try {
    await finishErasure(deps, erased, context);
  } catch (error) {
    // The erasure is stored, and a reactor finishes it.
    if (!(error instanceof Fault)) throw error;
    return { ...erased, counts: [], streams: [] };
  }
  const state = await deps.aggregates.of(account).load(erased.accountId);
  const streams = (state.status === 'NONE' ? state.erasure?.streams : undefined) ?? [];
  return { ...erased, counts: countsOf(streams), streams: streams.slice(0, STREAMS_SHOWN_MAX) };
};

type Refusals = 'ACCOUNT_NOT_FOUND' | 'LAST_ADMINISTRATOR' | 'ACCOUNT_HAS_OPEN_MATTERS';

/** Returns the answer of the erasure that this very command is stored with, of one of the accounts; undefined if it has erased none. */
const repeatOf = async (
  deps: Deps,
  accountIds: readonly AccountId[],
  context: CommandContext,
): Promise<Outcome<Certificate, Refusals> | undefined> => {
  for (const accountId of accountIds) {
    const effect = await deps.aggregates.of(account).effectOf(accountId, context.commandId);
    const erased = effect?.events.find(({ type }) => type === 'AccountErased');
    if (erased?.type !== 'AccountErased') continue;
    const value = await certified(deps, erased.data, context);
    return { kind: 'accepted', value, position: effect?.position };
  }
  return undefined;
};

/** Erases an account whose sender may do so. */
const erase = async (
  deps: Deps,
  known: Pick<KnownAccount, 'accountId' | 'roles'>,
  by: ErasureParty,
  context: CommandContext,
): Promise<Outcome<Certificate, Refusals>> => {
  const { accountId, roles } = known;
  const objection = await objectionTo(deps, known);
  if (objection !== undefined) return rejected(objection);
  if (roles.includes('administrator')) {
    // Before the account ends, so that of two simultaneous erasures one is rejected.
    const removed = await removeAdministrator(deps, accountId, context);
    if (removed.kind !== 'accepted') return notAccepted(removed);
  }
  const command = { type: 'EraseAccount', accountId, certificateId: context.commandId, by } as const;
  const executed = await deps.aggregates
    .of(account)
    .execute(accountId, { ...command, at: deps.clock.now() }, context);
  if (executed.kind !== 'accepted') return notAccepted(executed);
  return (await repeatOf(deps, [accountId], context)) ?? rejected({ code: 'ACCOUNT_NOT_FOUND' });
};

export const eraseAccountUseCases = {
  eraseAccount: useCase({
    summary:
      "Erases the caller's account and personal data for good, and closes all its sessions. Orders, payments and stock keep their figures. The same address may sign up again, as another account.",
    allow: { by: 'owner', or: 'account:erase' },
    input: z.object({
      accountId: callerIdSchema,
      password: passwordSchema.describe('The present password.'),
    }),
    success: erasureCertificate,
    rejections: ['ACCOUNT_NOT_FOUND', 'CREDENTIALS_WRONG', 'LAST_ADMINISTRATOR', 'ACCOUNT_HAS_OPEN_MATTERS'],
    handle: async ({ accountId, password }, context, deps: Deps) => {
      const known = await deps.aggregates.of(account).load(accountId);
      if (known.status === 'NONE')
        return (await repeatOf(deps, [accountId], context)) ?? rejected({ code: 'ACCOUNT_NOT_FOUND' });
      if (!(await deps.passwords.matches(password, known.passwordHash)))
        return rejected({ code: 'CREDENTIALS_WRONG' });
      return erase(deps, known, 'OWNER', context);
    },
  }),

  eraseAccountOnRequest: useCase({
    summary:
      'Erases the account and the personal data of a person on request, such as by letter, if the account permits nothing that the caller may not do.',
    allow: 'account:erase',
    input: ofOneAccount({}),
    success: erasureCertificate,
    rejections: [
      'ACCOUNT_NOT_FOUND',
      'PERMISSIONS_NOT_HELD',
      'LAST_ADMINISTRATOR',
      'ACCOUNT_HAS_OPEN_MATTERS',
    ],
    handle: async (name, context, deps: Deps) => {
      const held = await patternsNow(deps, context, 'account:erase');
      // First, because the address may have a further account by now, which this command does not mean.
      const ids =
        name.accountId === undefined ? await deps.accountIds.allOf(name.email ?? '') : [name.accountId];
      const repeat = await repeatOf(deps, ids, context);
      if (repeat !== undefined) return repeat;
      const { accountId, known } = await namedAccount(deps, name);
      if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      const objection = objectionToRole(held, await patternsOfAccount(deps, accountId));
      if (objection !== undefined) return rejected(objection);
      return erase(deps, known, 'STAFF', context);
    },
  }),
};

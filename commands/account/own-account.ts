import { z } from 'zod';
import { account, type AccountCommand } from '../../domain/account';
import type { CommandContext } from '../../platform/execution';
import {
  callerIdSchema,
  deviceSchema,
  languageSchema,
  nameSchema,
  notificationPaceSchema,
  notificationRouteSchema,
  notificationTopicSchema,
  passwordSchema,
  quietHoursSchema,
  sessionIdSchema,
  telephoneSchema,
  timeZoneSchema,
} from '../use-case/input';
import { named } from '../use-case/fields';
import { notAccepted, nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import { passwordObjection } from './password-rules';
import { openSession, sessionGranted, type AccountDeps } from './sessions';

const accountId = callerIdSchema;

const executeOnAccount = (
  command: AccountCommand,
  context: CommandContext,
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
) => aggregates.of(account).execute(command.accountId, command, context);

const profileSeen = named(
  'Profile',
  'The profile of an account.',
  z.object({
    name: nameSchema.describe('The name shown to others.'),
    telephone: telephoneSchema.describe('The telephone number. None where absent.').exactOptional(),
    language: languageSchema.describe('The language. None was chosen where absent.').exactOptional(),
  }),
);

const topics = z.array(notificationTopicSchema).max(10).readonly();
const routes = z.array(notificationRouteSchema).max(10).readonly();

const preferencesSeen = named(
  'NotificationPreferencesSeen',
  'The notifications that an account wants, with their way and time.',
  z.object({
    unwanted: topics.describe('The topics of which the account wants no notifications.'),
    routes: routes.describe('The topics that do not go by e-mail alone.'),
    pace: notificationPaceSchema,
    quietHours: quietHoursSchema.describe('The quiet hours. None where absent.').exactOptional(),
    timeZone: timeZoneSchema.describe('The time zone. None was chosen where absent.').exactOptional(),
  }),
);

/** The use cases by which the owner of an account changes it. */
export const ownAccountUseCases = {
  changeProfile: useCase({
    summary: "Changes the caller's profile. What is not given stays as it is.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({
      accountId,
      name: nameSchema.describe('The name shown to others.').exactOptional(),
      telephone: telephoneSchema.exactOptional(),
      language: languageSchema.exactOptional(),
      expected: profileSeen
        .describe('The profile as the caller has seen it. The change is rejected if it is another one now.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['ACCOUNT_NOT_FOUND', 'NAME_EMPTY', 'TELEPHONE_INVALID', 'CHANGED_MEANWHILE'],
    handle: async (input, context, deps) =>
      outcomeOf(
        await executeOnAccount({ type: 'ChangeProfile', ...input, at: deps.clock.now() }, context, deps),
        nothing,
      ),
  }),

  changeNotificationPreferences: useCase({
    summary:
      'Says which notifications the account wants, by which way and when. Those about security always come at once by e-mail. What is not given, apart from `unwanted`, stays as it is.',
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({
      accountId,
      unwanted: topics.describe('The topics of which the account wants no notifications.'),
      routes: routes.describe('The topics that do not go by e-mail alone; all others do.').exactOptional(),
      pace: notificationPaceSchema.exactOptional(),
      quietHours: quietHoursSchema
        .describe('The part of each day in which no notifications come. None where it ends when it begins.')
        .exactOptional(),
      timeZone: timeZoneSchema.exactOptional(),
      expected: preferencesSeen
        .describe(
          'The preferences as the caller has seen them. The change is rejected if they are others now.',
        )
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['ACCOUNT_NOT_FOUND', 'TELEPHONE_MISSING', 'CHANGED_MEANWHILE'],
    handle: async (input, context, deps) => {
      const command = { type: 'ChangeNotificationPreferences', ...input, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnAccount(command, context, deps), nothing);
    },
  }),

  changePassword: useCase({
    summary:
      "Replaces the caller's password, closes all its sessions, of all realms, and opens a new one in the caller's. Access tokens of the closed sessions expire by themselves, soon.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({
      accountId,
      currentPassword: passwordSchema.describe('The present password.'),
      newPassword: passwordSchema.describe('The new password.'),
      device: deviceSchema.exactOptional(),
    }),
    success: sessionGranted,
    rejections: ['ACCOUNT_NOT_FOUND', 'CREDENTIALS_WRONG', 'PASSWORD_TOO_SHORT', 'PASSWORD_INVALID'],
    handle: async ({ accountId: id, currentPassword, newPassword, device }, context, deps: AccountDeps) => {
      const { aggregates, passwords, clock } = deps;
      const objection = passwordObjection(newPassword);
      if (objection !== undefined) return rejected(objection);
      const known = await aggregates.of(account).load(id);
      if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      const wasDone = (await aggregates.of(account).effectOf(id, context.commandId)) !== undefined;
      // After a repeat the present password is the new one.
      const shown = wasDone ? newPassword : currentPassword;
      if (!(await passwords.matches(shown, known.passwordHash)))
        return rejected({ code: 'CREDENTIALS_WRONG' });
      const { realm } = context.principal;
      if (wasDone)
        return openSession(deps, known, context, { device, realm, passwordHash: known.passwordHash });
      const passwordHash = await passwords.hash(newPassword);
      const executed = await executeOnAccount(
        {
          type: 'ChangePassword',
          accountId: id,
          passwordHash,
          replaces: known.passwordHash,
          at: clock.now(),
        },
        context,
        deps,
      );
      if (executed.kind !== 'accepted') return notAccepted(executed);
      // A copy of this command that ran at the same time has stored a hash of its own.
      const changed = executed.events.find(({ type }) => type === 'AccountPasswordChanged');
      const stored = changed?.type === 'AccountPasswordChanged' ? changed.data.passwordHash : passwordHash;
      return openSession(deps, known, context, { device, realm, passwordHash: stored });
    },
  }),

  closeSession: useCase({
    summary:
      "Closes one of the caller's sessions. A session that is not open is no error. Its access tokens expire by themselves, soon.",
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({ accountId, sessionId: sessionIdSchema }),
    success: z.object({}),
    rejections: ['ACCOUNT_NOT_FOUND'],
    handle: async (input, context, deps) =>
      outcomeOf(
        await executeOnAccount({ type: 'CloseSession', ...input, at: deps.clock.now() }, context, deps),
        nothing,
      ),
  }),

  logOutEverywhere: useCase({
    summary:
      'Closes all sessions of the caller, also the one that sends this. Access tokens expire by themselves, soon.',
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({ accountId }),
    success: z.object({}),
    rejections: ['ACCOUNT_NOT_FOUND'],
    handle: async (input, context, deps) =>
      outcomeOf(
        await executeOnAccount({ type: 'CloseAllSessions', ...input, at: deps.clock.now() }, context, deps),
        nothing,
      ),
  }),
};

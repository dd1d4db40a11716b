import { z } from 'zod';
import type { SessionClosed, SessionOpened, SessionRefreshed } from '../domain/account';
import { realms, type AccountId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const Session = z
  .strictObject({
    id: uuid().describe('The unique identifier of the session. It gives no access.'),
    accountId: uuid<AccountId>().describe("The session's account."),
    device: z.string().nullable().describe('The name of the device; null where the client gave none.'),
    openedAt: instant.describe('The time of the log-in.'),
    lastUsedAt: instant.describe('The last time when the session got an access token.'),
    expiresAt: instant.describe('The time when the session expires.'),
    realm: z
      .enum(realms)
      .nullable()
      .describe('The realm of the access tokens of the session; null where they are of all realms.'),
  })
  .describe('A log-in that was not closed. It holds no token.');
export type Session = DocumentOf<typeof Session>;

export const sessions = readModel<Session, SessionOpened | SessionRefreshed | SessionClosed>('sessions', {
  question: 'Where is an account logged in?',
  version: 2,
  document: Session,
  indexes: { by_account: ['accountId', 'openedAt'] },
  key: ({ data }) => data.sessionId,
  on: {
    SessionOpened: (_, { data: { sessionId: id, accountId, device = null, realm = null, ...times } }) => ({
      id,
      accountId,
      device,
      realm,
      openedAt: times.openedAt,
      lastUsedAt: times.openedAt,
      expiresAt: times.expiresAt,
    }),
    SessionRefreshed: (found, { data: { refreshedAt } }) => found && { ...found, lastUsedAt: refreshedAt },
    SessionClosed: () => undefined,
  },
});

import { accept, reject, type Decision } from '../kernel';
import type { AccountRejection, EraseAccount, RecordErasedStreams } from './commands';
import type { AccountEvent } from './events';
import type { AccountState } from './state';

type ErasureDecision = Decision<AccountEvent, AccountRejection>;

export const eraseAccount = (command: EraseAccount, state: AccountState): ErasureDecision => {
  const { accountId, certificateId, by, at } = command;
  if (state.status === 'NONE')
    return state.erasure?.certificateId === certificateId ? accept() : reject({ code: 'ACCOUNT_NOT_FOUND' });
  return accept<AccountEvent>(
    ...state.sessions.map(({ sessionId }): AccountEvent => ({
      type: 'SessionClosed',
      data: { accountId, sessionId, reason: 'account-erased', closedAt: at },
    })),
    { type: 'AccountErased', data: { accountId, certificateId, by, erasedAt: at } },
  );
};

export const recordErasedStreams = (command: RecordErasedStreams, state: AccountState): ErasureDecision => {
  const { accountId, streams, at } = command;
  if (state.status !== 'NONE' || state.erasure === undefined) return reject({ code: 'ACCOUNT_NOT_FOUND' });
  const known = new Set(state.erasure.streams);
  const added = [...new Set(streams)].filter((stream) => !known.has(stream));
  if (added.length === 0) return accept();
  return accept({ type: 'PersonalDataErased', data: { accountId, streams: added, erasedAt: at } });
};

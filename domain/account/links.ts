import { accept, later, reject, type Decision, type Instant, type Millis } from '../kernel';
import type { AccountRejection, IssueLink, VerifyEmail } from './commands';
import type { AccountEmailVerified, AccountEvent, LinkPurpose } from './events';
import type { KnownAccount } from './state';

const HOUR_MS = 3_600_000;

/** The time for which a link is valid after it was sent. */
export const linkLifetimeMs: Readonly<Record<LinkPurpose, Millis>> = {
  'verify-email': (48 * HOUR_MS) as Millis,
  'reset-password': (2 * HOUR_MS) as Millis,
};

type LinkDecision = Decision<AccountEvent, AccountRejection>;

const isNeeded = (
  { purpose, requestId, requested }: IssueLink,
  { links, isEmailVerified }: KnownAccount,
): boolean => {
  if (purpose === 'verify-email' && isEmailVerified) return false;
  const link = links[purpose];
  if (link === undefined) return true;
  return link.requestId === requestId ? !link.isUsed : requested >= link.requested;
};

export const issueLink = (command: IssueLink, state: KnownAccount): LinkDecision => {
  if (!isNeeded(command, state)) return accept();
  const { accountId, purpose, requestId, requested, tokenHash, at } = command;
  const expiresAt = later(at, linkLifetimeMs[purpose]);
  return accept({
    type: 'AccountLinkIssued',
    data: { accountId, purpose, requestId, requested, tokenHash, expiresAt, issuedAt: at },
  });
};

type LinkRejection = Extract<AccountRejection, { readonly code: 'LINK_INVALID' | 'LINK_EXPIRED' }>;

/** Returns the reason why a link has no effect; undefined where it has one. */
export const linkObjection = (
  { links }: KnownAccount,
  purpose: LinkPurpose,
  tokenHash: string,
  at: Instant,
): LinkRejection | undefined => {
  const link = links[purpose];
  const token = link?.tokens.find((issued) => issued.tokenHash === tokenHash);
  if (token === undefined || link?.isUsed === true) return { code: 'LINK_INVALID' };
  return at >= token.expiresAt ? { code: 'LINK_EXPIRED' } : undefined;
};

/** Returns the event by which the address becomes verified; none where it is. */
export const emailVerified = (
  { isEmailVerified, accountId }: KnownAccount,
  at: Instant,
): readonly AccountEmailVerified[] =>
  isEmailVerified ? [] : [{ type: 'AccountEmailVerified', data: { accountId, verifiedAt: at } }];

export const verifyEmail = ({ tokenHash, at }: VerifyEmail, state: KnownAccount): LinkDecision => {
  const isRepeat = state.links['verify-email']?.tokens.some((issued) => issued.tokenHash === tokenHash);
  if (state.isEmailVerified && isRepeat === true) return accept();
  const objection = linkObjection(state, 'verify-email', tokenHash, at);
  return objection ? reject(objection) : accept<AccountEvent>(...emailVerified(state, at));
};

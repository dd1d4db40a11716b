import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Outcome } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { Clock } from '../../../platform/clock';
import { createBuckets } from '../../../platform/rate-limit';
import type { Limits } from '../operations/limits';
import { refusal } from '../operations/request-errors';
import { atMostEntries } from '../../../platform/lru';

/** One attempt of a guest to show credentials. */
export type Attempt = {
  /** The mutation. Each has limits of its own. */
  readonly kind: string;
  /** The network that it comes from. */
  readonly address: string;
  /** The e-mail address or the refresh token that it is for. */
  readonly sender: string;
  /** The id of the device, if it has proved that the sender logged in with it before. */
  readonly device?: string | undefined;
};

/** Limits the attempts to use credentials, and the wrong ones among them. */
export type Attempts = {
  /**
   * Runs `work`. Only refused credentials and requests for an e-mail count as a wrong attempt. A device or an address from which the sender logged
   * in before has an allowance of its own, which attempts from elsewhere do not use up.
   *
   * @throws GraphQLError `RATE_LIMITED` with `retryAfterSeconds`, before any work; and the errors of `work`.
   */
  make<Success>(attempt: Attempt, work: () => Promise<Outcome<Success>>): Promise<Outcome<Success>>;
};

/** Rejections that reveal something about the credentials of an account. */
const wrongCredentials: ReadonlySet<Rejection['code']> = new Set<Rejection['code']>([
  'CREDENTIALS_WRONG',
  'EMAIL_TAKEN',
  'SESSION_INVALID',
  'LINK_INVALID',
]);

/** Mutations whose sender is an e-mail address and who proves to know its password. */
const passwordMutations: ReadonlySet<string> = new Set(['logIn', 'signUp']);

/** Mutations that send an e-mail to an address that the caller names. Each counts like a wrong attempt. */
const mailing: ReadonlySet<string> = new Set(['requestPasswordReset', 'requestEmailVerification']);

/** Addresses that are remembered, in all; each for the accounts that logged in from it. */
const KNOWN_ADDRESSES_MAX = 50_000;

const isWrong = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'rejected' && wrongCredentials.has(outcome.rejection.code);

const demandNoWait = (waitMs: number): void => {
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  throw refusal('RATE_LIMITED', `Too many attempts. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  });
};

/** Equally short for every name, so that no address or token stays in memory. */
const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64');

export const createAttempts = (limits: Limits, clock: Clock): Attempts => {
  const any = createBuckets(limits.credentialsRate, clock);
  const wrongFrom = createBuckets(limits.wrongPerAddress, clock);
  const wrongFor = createBuckets(limits.wrongPerSender, clock);
  const known = new LRUCache<string, true>(atMostEntries(KNOWN_ADDRESSES_MAX));

  /**
   * Returns the names of the buckets that an attempt takes from: the bucket of its origin, and the bucket of its
   * account.
   */
  const bucketsOf = ({ kind, address, sender, device }: Attempt): readonly [string, string] => {
    if (device !== undefined) return [`${kind} device ${device}`, hashOf(kind, sender, 'device', device)];
    const place = `${kind} ${address}`;
    return known.get(hashOf(sender, address)) === true
      ? [place, hashOf(kind, sender, 'address', address)]
      : [place, hashOf(kind, sender)];
  };

  const remember = ({ kind, sender, address }: Attempt): void => {
    if (passwordMutations.has(kind)) known.set(hashOf(sender, address), true);
  };

  return {
    make: async (attempt, work) => {
      const [place, name] = bucketsOf(attempt);
      demandNoWait(any.take(place));
      // The origin first: one without attempts left cannot lock others out of their accounts.
      demandNoWait(wrongFrom.take(place));
      const waitMs = wrongFor.take(name);
      if (waitMs > 0) wrongFrom.giveBack(place);
      demandNoWait(waitMs);
      let wrong = false;
      try {
        const outcome = await work();
        wrong = isWrong(outcome) || mailing.has(attempt.kind);
        if (outcome.kind === 'accepted') remember(attempt);
        return outcome;
      } finally {
        if (!wrong) {
          wrongFrom.giveBack(place);
          wrongFor.giveBack(name);
        }
      }
    },
  };
};

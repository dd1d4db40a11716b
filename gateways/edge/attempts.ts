import { createHash } from 'node:crypto';
import type { Outcome } from '../../commands/port';
import type { Clock } from '../../platform/clock';
import type { Limits } from './limits';
import { createBuckets } from './rate-limit';
import { refusal } from './request-errors';

/** Who tries: where from, and who they say they are. */
export type Attempt = { readonly address: string; readonly sender: string };

/** Lets guests try to log in: not too fast, and wrongly only now and then. */
export type Attempts = {
  /**
   * Does `work`. Only a refusal counts as a wrong attempt.
   *
   * @throws GraphQLError `RATE_LIMITED` with `retryAfterSeconds`, before any work; and whatever `work` throws.
   */
  make<Success>(attempt: Attempt, work: () => Promise<Outcome<Success>>): Promise<Outcome<Success>>;
};

const demandNoWait = (waitMs: number): void => {
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  throw refusal('RATE_LIMITED', `Too many attempts. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  });
};

export const createAttempts = (limits: Limits, clock: Clock): Attempts => {
  const any = createBuckets(limits.credentialsRate, clock);
  const wrongFrom = createBuckets(limits.wrongPerAddress, clock);
  const wrongFor = createBuckets(limits.wrongPerSender, clock);

  return {
    make: async ({ address, sender }, work) => {
      // Equally short for everyone, and nobody's address or token stays in memory.
      const name = createHash('sha256').update(sender).digest('base64');
      demandNoWait(any.take(address));
      // The place first: one that may try no more cannot shut others out of their accounts.
      demandNoWait(wrongFrom.take(address));
      demandNoWait(wrongFor.take(name));
      let wrong = false;
      try {
        const outcome = await work();
        wrong = outcome.kind === 'rejected';
        return outcome;
      } finally {
        if (!wrong) {
          wrongFrom.giveBack(address);
          wrongFor.giveBack(name);
        }
      }
    },
  };
};

import { join } from 'node:path';
import type { Clock, Random } from '../../platform/clock';
import type { Logger } from '../../platform/telemetry';
import { startWorker, type WorkerClient } from '../../platform/worker';
import type { Argon2 } from './argon2';
import type { PasswordHasher } from './passwords';

/** The passwords that run or wait. Some seconds of work. */
const PENDING_MAX = 100;
/** The queue is done sooner on any machine. */
const CALL_DEADLINE_MS = 10_000;
/** A running hash ends sooner than this, and those that wait are of no use to a process that stops. */
const CLOSE_DEADLINE_MS = 1_000;

/**
 * Returns a hasher that runs one hash at a time in a process of low priority, so that a crowd of log-ins does not delay other
 * requests. A thread would: each hash maps and unmaps 19 MiB, and all threads of a process wait for that. The process starts
 * with the first hash.
 */
export const createPasswordHasher = ({
  clock,
  random,
  logger,
}: {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}): PasswordHasher & { readonly close: () => Promise<void> } => {
  let worker: Promise<WorkerClient<Argon2>> | undefined;
  const start = async (): Promise<WorkerClient<Argon2>> => {
    try {
      return await startWorker<Argon2>({
        entry: join(__dirname, 'password-process'),
        data: undefined,
        name: 'password hashing',
        runsAs: 'process',
        pendingMax: PENDING_MAX,
        callDeadlineMs: CALL_DEADLINE_MS,
        endsSilent: true,
        closeDeadlineMs: CLOSE_DEADLINE_MS,
        unavailable: 'COMMANDS_UNAVAILABLE',
        // A hash has no effect that may or may not have happened.
        unanswered: 'COMMANDS_UNAVAILABLE',
        clock,
        random,
        onCrash: (error, attempt) => logger.error({ error, attempt }, 'The password hashing process died'),
        onRestart: () => logger.info({}, 'The password hashing process is back'),
      });
    } catch (error) {
      worker = undefined;
      throw error;
    }
  };
  const running = (): Promise<WorkerClient<Argon2>> => (worker ??= start());

  return {
    hash: async (request) => (await running()).call('hash', request),
    verify: async (request) => (await running()).call('verify', request),
    close: async () => (await worker)?.close(),
  };
};

import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../clock';
import { supervise } from '../faults';
import type { Logger } from '../telemetry';

export type DueWork = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Returns what is due now, each piece as a call that does it. */
  readonly due: () => Promise<readonly (() => Promise<unknown>)[]>;
  /** The interval, in milliseconds. Default 5 000. */
  readonly everyMs?: number | undefined;
  /** The lines of the log about a piece that failed, and about a list that could not be read. */
  readonly messages: { readonly piece: string; readonly loop: string };
};

const EVERY_MS = 5_000;

/**
 * Does what is due by the clock, until it is stopped. It has no state: what is due is read each time, also after a restart, and
 * what failed is due again.
 */
export const startDueWork = ({
  clock,
  random,
  logger,
  due,
  everyMs = EVERY_MS,
  messages,
}: DueWork): { readonly stop: () => Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(everyMs as Millis, signal);
      const pieces = await due();
      const settled = await Promise.allSettled(pieces.map((piece) => piece()));
      for (const result of settled)
        if (result.status === 'rejected') logger.warn({ error: result.reason as unknown }, messages.piece);
    }
  };
  const running = supervise(look, {
    ...{ clock, random, signal },
    onFailure: (error) => logger.error({ error }, messages.loop),
  });
  return {
    stop: async () => {
      stopping.abort(new Error('The work that is due by the clock stops'));
      await running;
    },
  };
};

import type { Millis, OrderId } from '../../domain/kernel';
import { order } from '../../domain/order';
import type { Random } from '../../platform/clock';
import { rootContext } from '../../platform/execution';
import { supervise } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import type { Logger } from '../../platform/telemetry';
import type { UseCaseDeps } from '../use-case';
import type { DueOrders } from './sites';

export type ExpiryDeps = UseCaseDeps & {
  readonly random: Random;
  readonly logger: Logger;
  readonly dueOrders: DueOrders;
  /** The interval, in milliseconds. Default 5 000. */
  readonly everyMs?: number | undefined;
};

/**
 * Cancels orders that are not paid in time. It has no state: the due orders are read each time, also after a restart.
 */
export interface Expiry {
  start(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 5_000;
const AT_ONCE_MAX = 200;
const RISE_AGAIN = { baseMs: 100, factor: 2, maxMs: 10_000 };

export const createExpiry = (deps: ExpiryDeps): Expiry => {
  const { aggregates, clock, random, logger, dueOrders, everyMs = EVERY_MS } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();

  const expire = async (orderId: OrderId): Promise<void> => {
    // A new id each time: the order may not have been due before, and a second expiry has no effect.
    const context = rootContext(uuidV7(clock, random), { kind: 'system', id: 'expiry', roles: [] });
    await aggregates.of(order).execute(orderId, { type: 'ExpireOrder', orderId, at: clock.now() }, context);
  };

  const look = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(everyMs as Millis, signal);
      const due = await dueOrders(clock.now(), AT_ONCE_MAX);
      const settled = await Promise.allSettled(due.map(expire));
      for (const result of settled)
        if (result.status === 'rejected')
          logger.warn({ error: result.reason as unknown }, 'An order did not expire');
    }
  };

  return {
    start: () => {
      running = supervise(look, {
        clock,
        random,
        signal,
        backoff: RISE_AGAIN,
        onFailure: (error) => logger.error({ error }, 'The loop that expires orders fell'),
      });
    },
    stop: async () => {
      stopping.abort(new Error('The workflows stop'));
      await running;
    },
  };
};

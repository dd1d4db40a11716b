import type { LRUCache } from 'lru-cache';
import {
  epochMsOf,
  instantOf,
  later,
  type Instant,
  type Millis,
  type WebhookEndpointId,
} from '../../domain/kernel';
import {
  endpointOf,
  webhookEndpoints,
  type DisabledBecause,
  type WebhookEndpoint,
} from '../../domain/webhook-endpoints';
import { Wake } from '../../platform/clock';
import type { Gate } from '../../platform/concurrency';
import type { CommandContext } from '../../platform/execution';
import { backoffDelay } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import { requireAccepted } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { attempt, type AttemptDeps, type Attempted } from './attempt';
import type { Deliveries, Health, WebhookDelivery } from './deliveries';
import { mayReceive } from './recipients';

export type LaneDeps = AttemptDeps & {
  readonly deliveries: Deliveries;
  readonly logger: Logger;
  /** Limits the attempts to all endpoints. */
  readonly gate: Gate;
  /** The deliveries of each endpoint that ended since the older ones were removed; it outlives the lanes. */
  readonly settled: LRUCache<WebhookEndpointId, number>;
};

export type EndpointRef = Pick<WebhookDelivery, 'endpointId' | 'ownerId'>;

const ATTEMPTS_KEPT = 20;
const GONE = 410;
/** Of deliveries that were settled since the older ones were removed. */
const SETTLED_BEFORE_TRIM = 100;

const isSuccess = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/**
 * Sends the deliveries of one endpoint, a few at once, until none waits. An endpoint that fails gets one at a time, with growing
 * pauses, so that many that wait for it cost little.
 */
export class Lane {
  private readonly wakeUp = new Wake();
  private health: Health | undefined;
  private pausedUntil: Instant = instantOf(0);

  constructor(
    private readonly of: EndpointRef,
    private readonly deps: LaneDeps,
  ) {}

  /** Lets it look for deliveries. @param atOnce - also during a pause after a failure. */
  wake(atOnce: boolean): void {
    if (atOnce) this.pausedUntil = instantOf(0);
    this.wakeUp.call();
  }

  /** Sends until none waits, or the endpoint is disabled or removed. */
  async run(): Promise<void> {
    const { deliveries, limits, clock, signal } = this.deps;
    const { endpointId } = this.of;
    this.health = await deliveries.health(endpointId);
    for (;;) {
      signal.throwIfAborted();
      const endpoint = await this.endpoint();
      if (endpoint === undefined) return deliveries.removeAllOf(endpointId);
      if (endpoint.disabledBecause !== undefined) return undefined;
      // What waits is sent if the owner may sell again before it is too old.
      if (!(await mayReceive(this.of.ownerId, this.deps))) return undefined;
      const waiting = await deliveries.waiting(endpointId, limits.ofEndpointMax);
      const [first] = waiting;
      if (first === undefined) return undefined;
      const now = clock.now();
      const from = first.dueAt > this.pausedUntil ? first.dueAt : this.pausedUntil;
      if (from > now) {
        await this.wakeUp.sleepAtMost(clock, epochMsOf(from) - epochMsOf(now), signal);
        continue;
      }
      const due = waiting.filter(({ dueAt }) => dueAt <= now);
      await this.send(this.health === undefined ? due : due.slice(0, 1), endpoint);
    }
  }

  /** Disables the endpoint if too many deliveries wait for it. */
  async checkBacklog(): Promise<void> {
    const { backlogMax } = this.deps.limits;
    const waiting = await this.deps.deliveries.countWaiting(this.of.endpointId, backlogMax);
    if (waiting >= backlogMax) await this.disable('backlog');
  }

  /** Removes the older deliveries that ended, once there are many. @param count - of those that were sent. */
  private async trim(count: number): Promise<void> {
    const { deliveries, limits, settled } = this.deps;
    const { endpointId } = this.of;
    const all = (settled.get(endpointId) ?? 0) + count;
    settled.set(endpointId, all);
    if (all < SETTLED_BEFORE_TRIM) return;
    await deliveries.trim(endpointId, limits.settledMax);
    settled.delete(endpointId);
  }

  private async endpoint(): Promise<WebhookEndpoint | undefined> {
    return endpointOf(
      await this.deps.aggregates.of(webhookEndpoints).load(this.of.ownerId),
      this.of.endpointId,
    );
  }

  private async send(due: readonly WebhookDelivery[], endpoint: WebhookEndpoint): Promise<void> {
    const { gate, signal } = this.deps;
    const ended = await Promise.allSettled(
      due.map((delivery) => gate.run(() => this.deliver(delivery, endpoint))),
    );
    signal.throwIfAborted();
    const failure = ended.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    const sent = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const isSettled = sent.some(({ delivery: { status } }) => status !== 'waiting');
    if (isSettled) await this.trim(sent.length);
    await this.judge(sent.filter(({ isPosted }) => isPosted).map(({ delivery }) => delivery));
  }

  /** Attempts a delivery, and stores the outcome. */
  private async deliver(
    before: WebhookDelivery,
    endpoint: WebhookEndpoint,
  ): Promise<{ readonly delivery: WebhookDelivery; readonly isPosted: boolean }> {
    const attempted = await attempt(before, endpoint, this.deps);
    const delivery = this.after(before, attempted);
    await this.deps.deliveries.save([delivery]);
    return { delivery, isPosted: attempted.isPosted };
  }

  private after(before: WebhookDelivery, { attempt: last, isPosted }: Attempted): WebhookDelivery {
    const { clock, limits, random } = this.deps;
    const attempts = [...before.attempts.slice(1 - ATTEMPTS_KEPT), last];
    if (isSuccess(last.httpStatus))
      return { ...before, attempts, status: 'delivered', failures: 0, dueAt: last.at };
    const failures = before.failures + 1;
    const failed = { ...before, attempts, failures };
    if (!isPosted || failures >= limits.attemptsMax) return { ...failed, status: 'failed', dueAt: last.at };
    return { ...failed, dueAt: later(clock.now(), backoffDelay(failures - 1, limits.retries, random)) };
  }

  /** Records the health of the endpoint by its answers, and disables it if it has failed for too long. */
  private async judge(sent: readonly WebhookDelivery[]): Promise<void> {
    const { clock, deliveries, limits, logger, random } = this.deps;
    const { endpointId } = this.of;
    const failed = sent.filter(({ status }) => status !== 'delivered');
    if (sent.length === 0) return;
    // Also beside a success: those sent at once may have reached it before it was gone.
    if (failed.some(({ attempts }) => attempts.at(-1)?.httpStatus === GONE)) return this.disable('gone');
    const isHealthy = failed.length < sent.length;
    if (isHealthy && this.health === undefined) return;
    const before = this.health;
    const now = clock.now();
    this.health = isHealthy
      ? undefined
      : {
          failures: (before?.failures ?? 0) + failed.length,
          failingSince: before?.failingSince ?? now,
        };
    await deliveries.saveHealth(endpointId, this.health);
    if (this.health === undefined) return;
    const { failures, failingSince } = this.health;
    this.pausedUntil = later(now, backoffDelay(failures - 1, limits.pauses, random));
    const last = failed[0]?.attempts.at(-1);
    const outcome = { httpStatus: last?.httpStatus, durationMs: last?.durationMs };
    // Without the answer, which is a stranger's text.
    logger.warn({ endpointId, failures, ...outcome }, 'A webhook endpoint does not accept an event');
    const failingForMs = (epochMsOf(now) - epochMsOf(failingSince)) as Millis;
    if (failures >= limits.disableAfterFailures && failingForMs >= limits.disableAfterMs)
      await this.disable('failing');
    else await this.checkBacklog();
  }

  private async disable(because: DisabledBecause): Promise<void> {
    const { aggregates, clock, logger, random } = this.deps;
    const { endpointId, ownerId } = this.of;
    const commandId = uuidV7(clock, random);
    const context: CommandContext = {
      ...{ commandId, correlationId: commandId },
      principal: { kind: 'gateway', id: 'webhooks', roles: [] },
    };
    const command = { type: 'DisableEndpoint', ownerId, endpointId, because, at: clock.now() } as const;
    const executed = await aggregates.of(webhookEndpoints).execute(ownerId, command, context);
    // It may have been removed meanwhile.
    requireAccepted(executed, ['WEBHOOK_ENDPOINT_NOT_FOUND']);
    logger.error({ endpointId, because }, 'A webhook endpoint is disabled');
  }
}

import type { Clock, Random } from '../../platform/clock';
import { backoffDelay } from '../../platform/faults';
import type { PostOverHttp } from '../../platform/http-client';
import { currentTraceparent, withSpan, type Logger } from '../../platform/telemetry';
import type { Dialect } from './dialects/dialect';
import type { QueuedReport } from './memory';
import type { Notice, Report } from './words';

export type ReporterOptions = {
  readonly dialect: Dialect;
  /** The carrier's name, which is part of the ids of its messages. */
  readonly name: string;
  /** Returns the shop's scheme, host and port. Called for each attempt, because the shop may have moved. */
  readonly shopUrl: () => string;
  readonly post: PostOverHttp;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Called with the content of the shop's answer. */
  readonly onNotice: (notice: Notice) => void;
  /** Called when the shop has the report, which then need not be stored any longer. */
  readonly onSent: (id: number) => void;
};

const RETRY = { baseMs: 100, factor: 2, maxMs: 10_000 };
const TIMEOUT_MS = 10_000;
/** The number of concurrent reports over all parcels. */
const WIDTH = 32;
/** Status codes of a permanent refusal; a copy would get the same answer. */
const FINAL = new Set([400, 404, 409, 410, 422]);

/** Returns the queue of a report: one a parcel, which count from 1, and one for reports without a parcel. */
const queueKeyOf = (report: Report): number => ('shipment' in report ? report.shipment : 0);

/**
 * Sends reports to the shop until it answers 2xx, or refuses for good, without a time limit. Reports about one parcel
 * go in order; parcels do not wait for each other.
 */
export class Reporter {
  private readonly queues = new Map<number, QueuedReport[]>();
  private readonly ready: number[] = [];
  private readonly stopping = new AbortController();
  private readonly working = new Set<Promise<void>>();

  constructor(private readonly options: ReporterOptions) {}

  add(queued: QueuedReport): void {
    const shipment = queueKeyOf(queued.report);
    const queue = this.queues.get(shipment);
    if (queue !== undefined) {
      queue.push(queued);
      return;
    }
    this.queues.set(shipment, [queued]);
    this.ready.push(shipment);
    this.work();
  }

  async close(): Promise<void> {
    this.stopping.abort(new Error('The carrier stops'));
    await Promise.all(this.working);
  }

  private work(): void {
    while (this.working.size < WIDTH) {
      const shipment = this.ready.shift();
      if (shipment === undefined || this.stopping.signal.aborted) return;
      const draining = this.drain(shipment).finally(() => {
        this.working.delete(draining);
        this.work();
      });
      this.working.add(draining);
    }
  }

  private async drain(shipment: number): Promise<void> {
    const queue = this.queues.get(shipment) ?? [];
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      if (!(await this.deliver(next))) return;
      this.options.onSent(next.id);
      queue.shift();
    }
    this.queues.delete(shipment);
  }

  /** @returns false if it was stopped first. */
  private async deliver(queued: QueuedReport): Promise<boolean> {
    const { clock, random, logger } = this.options;
    const { signal } = this.stopping;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const problem = await this.tryOnce(queued);
      if (problem === undefined) return true;
      if (attempt % 10 === 9)
        logger.warn({ report: queued.report, problem }, 'The shop does not accept a report.');
      await clock.sleep(backoffDelay(attempt, RETRY, random), signal).catch(() => undefined);
    }
    return false;
  }

  /** @returns the failure; undefined if the shop has the report, or has refused it for good. */
  private async tryOnce({ id, report, traceparent }: QueuedReport): Promise<string | undefined> {
    const { dialect, name, shopUrl, post, clock } = this.options;
    const parent = traceparent ?? undefined;
    return withSpan(`carrier report ${report.kind}`, { kind: 'client', parent }, async () => {
      const trace = currentTraceparent() ?? parent;
      const messageId = `${name}-${id}`;
      const outgoing = dialect.format(report, {
        messageId,
        sequence: id,
        now: clock.now(),
        traceparent: trace,
      });
      if (outgoing === undefined) return undefined;
      const headers = trace === undefined ? outgoing.headers : { ...outgoing.headers, traceparent: trace };
      try {
        const url = `${shopUrl()}${outgoing.path}`;
        const request = {
          url,
          headers,
          body: outgoing.body,
          timeoutMs: TIMEOUT_MS,
          signal: this.stopping.signal,
        };
        const { status, body } = await post(request);
        if (status >= 200 && status < 300) {
          const notice = dialect.parseAnswer?.(report, body);
          if (notice !== undefined) this.options.onNotice(notice);
          return undefined;
        }
        if (!FINAL.has(status)) return `${status} ${body.slice(0, 200)}`;
        this.options.logger.warn(
          { report, status, body: body.slice(0, 200) },
          'The shop refused a report for good.',
        );
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    });
  }
}

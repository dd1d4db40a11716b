import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../../platform/clock';
import { briefly } from '../../platform/concurrency';
import { createBuckets, networkOf, type Rate } from '../../platform/rate-limit';
import type { EdgeDeps } from './deps';

/** Probes in between are given the same answer: each asks every engine. */
const READINESS_KEPT_MS = 250;
/** Scrapers come every few seconds; each scrape reads figures of every part and writes some 50 KB. */
const METRICS_KEPT_MS = 1_000;
const scrapeRate: Rate = { perSecond: 5, burst: 50, clientsMax: 1_000 };

type Answer = { readonly status: number; readonly body: string };

/** Returns what `metrics.metrics()` returns, a metric in each turn of the event loop: all at once take milliseconds. */
const textOf = async (metrics: Registry): Promise<string> => {
  const texts: string[] = [];
  for (const { name } of metrics.getMetricsAsArray()) {
    texts.push(await metrics.getSingleMetricAsString(name));
    await nextTurn();
  }
  return `${texts.join('\n\n')}\n`;
};

/**
 * `live`: the process answers. `ready`: so does all that it needs. `/health` is the latter, for people and old monitors. Only
 * metrics are limited by address: a probe that is refused would take the process out of service.
 */
export const registerHealth = (
  app: FastifyInstance,
  { readiness, metrics, clock }: Pick<EdgeDeps, 'readiness' | 'metrics'> & { readonly clock: Clock },
): void => {
  const scrapes = createBuckets(scrapeRate, clock);

  const ready = briefly(clock, READINESS_KEPT_MS, async (): Promise<Answer> => {
    const { ready: isReady, standby = false, parts } = await readiness();
    const status = !isReady ? 'waiting' : standby ? 'standby' : 'ready';
    return { status: isReady ? 200 : 503, body: JSON.stringify({ status, parts }) };
  });
  const shown = briefly(clock, METRICS_KEPT_MS, () => textOf(metrics));

  const tellReady = async (reply: FastifyReply): Promise<FastifyReply> => {
    const { status, body } = await ready();
    return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
  };
  app.get('/health/live', (_request, reply) => reply.send({ status: 'live' }));
  app.get('/health/ready', (_request, reply) => tellReady(reply));
  app.get('/health', (_request, reply) => tellReady(reply));
  app.get('/metrics', async (request, reply) => {
    const waitMs = scrapes.take(networkOf(request.ip));
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1_000);
      return reply
        .code(429)
        .header('retry-after', seconds)
        .send({ message: `Try again in ${seconds} s.` });
    }
    return reply.header('content-type', metrics.contentType).send(await shown());
  });
};

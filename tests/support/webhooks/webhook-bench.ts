import type { AccountId, WebhookEndpointId } from '../../../domain/kernel';
import { queueNotices } from '../../../gateways/notifications';
import {
  startWebhooks,
  webhookDeliveries,
  type WebhookDelivery,
  type WebhookLimits,
} from '../../../gateways/webhooks';
import { createAggregates, type Principal } from '../../../platform/execution';
import type { HttpPost } from '../../../platform/http-client';
import { memoryReadModels } from '../../../platform/read-models';
import { silentLogger } from '../../../platform/telemetry';
import { buy, createOrderBench, gbp } from '../commands/order-fixture';
import { seededRandom } from '../time/seeded-random';

/** A message as an endpoint receives it. */
export type Received = {
  readonly url: string;
  readonly headers: HttpPost['headers'];
  readonly body: Buffer;
  readonly json: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, unknown>;
  };
};

/** The answer of an endpoint: with a status, an error, or not before the time limit. */
export type Answer = number | Error | 'silence';

/** A shop with two merchants, whose webhooks go to endpoints of the spec, in memory and virtual time. */
export const openWebhooks = async (limits?: Partial<WebhookLimits>) => {
  const bench = createOrderBench();
  const { clock, store } = bench;
  const random = seededRandom(3);
  const readModels = memoryReadModels();
  const received: Received[] = [];
  const answers = new Map<string, (message: Received) => Answer>();
  let inFlight = 0;
  let inFlightMax = 0;

  const post = async ({ url, headers, body, timeoutMs, signal }: HttpPost) => {
    const json = JSON.parse(Buffer.from(body).toString()) as Received['json'];
    const message = { url, headers, body: Buffer.from(body), json };
    received.push(message);
    inFlight += 1;
    inFlightMax = Math.max(inFlightMax, inFlight);
    try {
      const answer = answers.get(new URL(url).hostname)?.(message) ?? 200;
      if (answer === 'silence') await clock.sleep(timeoutMs as never, signal);
      if (typeof answer !== 'number') throw answer === 'silence' ? new Error('no answer in time') : answer;
      return { status: answer, body: 'noted' };
    } finally {
      inFlight -= 1;
    }
  };

  const begin = async () => {
    const deps = { store, clock, random, logger: silentLogger };
    const aggregates = createAggregates(deps);
    const webhooks = await startWebhooks({ ...deps, readModels, aggregates, post, limits });
    bench.restart(undefined, [webhooks.reactor, queueNotices({ aggregates, clock })]);
    bench.start();
    return webhooks;
  };
  let webhooks = await begin();

  const seller = async (name: string): Promise<{ readonly id: AccountId; readonly as: Principal }> => {
    const account = {
      email: `${name}@shop.example`,
      name,
      roles: ['seller'] as const,
      password: 'correct horse',
    };
    const { accountId: id } = await bench.demand('provisionAccount', account);
    return { id, as: { kind: 'customer', id, roles: ['seller'] } };
  };
  const [sam, tom] = [await seller('sam'), await seller('tom')];

  const sell = async (sku: string, sellerId?: AccountId) => {
    const words = { sku, name: sku, description: '', category: 'desk', price: gbp(500) };
    const { productId } = await bench.demand('registerProduct', {
      ...words,
      ...(sellerId === undefined ? {} : { sellerId }),
    });
    return productId;
  };

  return {
    bench,
    clock,
    received,
    answers,
    sam,
    tom,
    sell,
    buy: (...products: Awaited<ReturnType<typeof sell>>[]) =>
      buy(
        bench,
        products.map((productId) => [productId, 1] as const),
      ),
    inFlightMax: () => inFlightMax,
    add: (url: string, types: readonly string[], as?: Principal) =>
      bench.demand('addWebhookEndpoint', { url, types }, as && { as }),
    settle: async (): Promise<void> => {
      await bench.settle();
      await clock.advance(100);
    },
    /** Returns the log of an endpoint, the oldest first. */
    log: async (endpointId: WebhookEndpointId): Promise<readonly WebhookDelivery[]> => {
      const query = { index: 'by_endpoint', where: { endpointId }, first: 1_000 } as const;
      const { items } = await readModels.list<WebhookDelivery>(webhookDeliveries, query);
      return items.map(({ document }) => document);
    },
    /** Handles all events again, as after a crash before the checkpoint was stored. */
    repeat: async (): Promise<void> => {
      for (const event of await bench.events())
        await clock.drive(webhooks.reactor.reactions[event.type]?.(event) ?? Promise.resolve());
      await clock.advance(100);
    },
    /** Stops as a crash does: nothing that is under way is recorded. */
    crash: async (): Promise<void> => {
      await clock.drive(webhooks.stop());
      await bench.stop();
    },
    resume: async (): Promise<void> => {
      webhooks = await begin();
    },
    stop: async (): Promise<void> => {
      await bench.stop();
      await clock.drive(webhooks.stop());
    },
  };
};

export type WebhookBench = Awaited<ReturnType<typeof openWebhooks>>;

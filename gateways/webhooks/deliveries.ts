import { z } from 'zod';
import type { Instant, WebhookDeliveryId, WebhookEndpointId } from '../../domain/kernel';
import type { WebhookOwner } from '../../domain/webhook-endpoints';
import type { Clock } from '../../platform/clock';
import type { StreamName } from '../../platform/event-store';
import { timePositions, type CollectionSpec, type ReadModels } from '../../platform/read-models';
import { instant, text, uuid } from '../../projections/fields';

export const WebhookAttempt = z
  .strictObject({
    at: instant.describe('The time when it began.'),
    durationMs: z.int32().describe('The time until the outcome was known, in milliseconds.'),
    httpStatus: z.int32().nullable().describe('The status of the answer; null where there was none.'),
    detail: z
      .string()
      .describe('The beginning of the answer, or the reason why there was none: at most 300 characters.'),
  })
  .describe('An attempt to deliver an event to an endpoint.');
export type WebhookAttempt = z.output<typeof WebhookAttempt>;

export const WebhookDelivery = z
  .strictObject({
    id: uuid<WebhookDeliveryId>().describe('The unique identifier.'),
    endpointId: uuid<WebhookEndpointId>().describe('The endpoint.'),
    ownerId: text<WebhookOwner>('id').describe('The owner of the endpoint.'),
    eventId: z.string().describe('The id of the event: the `webhook-id` of each attempt.'),
    type: z.string().describe('The type of the event.'),
    stream: text<StreamName>('text').describe('The stream of the event in the store.'),
    revision: z.string().describe('The revision of the event in its stream.'),
    status: z
      .enum(['waiting', 'delivered', 'failed'])
      .describe('`waiting`: it is sent, or sent again; `failed`: it was tried for about a day.'),
    attempts: z.array(WebhookAttempt).describe('The attempts, oldest first: the latest 20.'),
    failures: z
      .int32()
      .describe('The number of failed attempts since it was queued, by an event or by hand.'),
    dueAt: instant.describe('The time of the next attempt; where none is planned, of the last one.'),
    queuedAt: instant.describe('The time when it was stored.'),
  })
  .describe('An event that an endpoint receives, with the attempts to deliver it.');
export type WebhookDelivery = z.output<typeof WebhookDelivery>;

/** The deliveries. They change with each attempt and are dropped in time, so they are no projection of events (ADR 46). */
export const webhookDeliveries: CollectionSpec = {
  name: 'webhook_deliveries',
  version: 1,
  indexes: [
    { name: 'by_due', fields: ['endpointId', 'status', 'dueAt'] },
    { name: 'by_endpoint', fields: ['endpointId', 'queuedAt'] },
    { name: 'by_endpoint_and_status', fields: ['endpointId', 'status', 'queuedAt'] },
    { name: 'by_status', fields: ['status'] },
    { name: 'by_age', fields: ['queuedAt'] },
  ],
  schema: { type: 'object', required: ['id', 'endpointId', 'ownerId', 'eventId', 'status', 'dueAt'] },
};

/** The recent failures of an endpoint, kept over a restart. */
type EndpointHealth = {
  readonly id: WebhookEndpointId;
  /** The failures since the last success. */
  readonly failures: number;
  /** The time of the first of them. */
  readonly failingSince: Instant;
};

const endpointHealth: CollectionSpec = {
  name: 'webhook_endpoint_health',
  version: 1,
  indexes: [],
  schema: { type: 'object', required: ['id', 'failures', 'failingSince'] },
};

export type Health = Pick<EndpointHealth, 'failures' | 'failingSince'>;

/** The stored deliveries of all endpoints. */
export type Deliveries = {
  /** Stores those that are not stored yet. */
  readonly add: (deliveries: readonly WebhookDelivery[]) => Promise<void>;
  readonly find: (id: WebhookDeliveryId) => Promise<WebhookDelivery | undefined>;
  readonly save: (deliveries: readonly WebhookDelivery[]) => Promise<void>;
  /** Returns those of an endpoint that wait, the next due first. @param first - 1 to 1000. */
  readonly waiting: (endpointId: WebhookEndpointId, first: number) => Promise<readonly WebhookDelivery[]>;
  /** Returns the number of those that wait, at most `max`. */
  readonly countWaiting: (endpointId: WebhookEndpointId, max: number) => Promise<number>;
  /** Returns the endpoints for which deliveries wait, with their owners. */
  readonly endpoints: () => Promise<readonly Pick<WebhookDelivery, 'endpointId' | 'ownerId'>[]>;
  readonly removeAllOf: (endpointId: WebhookEndpointId) => Promise<void>;
  /** Removes those that were queued before a time. */
  readonly removeOld: (before: Instant) => Promise<void>;
  /** Keeps the newest ones of an endpoint in a final state. */
  readonly trim: (endpointId: WebhookEndpointId, keep: number) => Promise<void>;
  readonly health: (endpointId: WebhookEndpointId) => Promise<Health | undefined>;
  /** @param health - undefined after a success. */
  readonly saveHealth: (endpointId: WebhookEndpointId, health: Health | undefined) => Promise<void>;
};

const REMOVED_AT_ONCE = 500;

/** Returns the ways to read and write documents of these collections. */
const documentsIn = (readModels: ReadModels, clock: Clock) => {
  const nextPosition = timePositions(clock);

  const write = async (
    collection: CollectionSpec,
    documents: readonly { readonly id: string }[],
    removed: readonly string[] = [],
  ): Promise<void> => {
    if (documents.length + removed.length === 0) return;
    const position = nextPosition();
    await readModels.write({
      ...{ collection, position, replaces: true },
      upserts: documents.map((document) => ({ document, position })),
      deletes: removed.map((id) => ({ id, position })),
    });
  };

  /** Removes all that a list finds, in pages. */
  const removeWhile = async (list: () => Promise<readonly { readonly id: string }[]>): Promise<void> => {
    for (let found = await list(); found.length > 0; found = await list())
      await write(
        webhookDeliveries,
        [],
        found.map(({ id }) => id),
      );
  };

  const list = async (
    query: Omit<Parameters<ReadModels['list']>[1], 'first'> & { readonly first?: number },
  ): Promise<readonly WebhookDelivery[]> => {
    const page = await readModels.list<WebhookDelivery>(webhookDeliveries, {
      ...{ order: 'ascending', first: REMOVED_AT_ONCE },
      ...query,
    });
    return page.items.map(({ document }) => document);
  };

  return { write, removeWhile, list };
};

/** Opens the deliveries, which one process at a time writes. */
export const openDeliveries = async (readModels: ReadModels, clock: Clock): Promise<Deliveries> => {
  await readModels.ensure(webhookDeliveries);
  await readModels.ensure(endpointHealth);
  const { write, removeWhile, list } = documentsIn(readModels, clock);

  return {
    add: async (deliveries) => {
      const ids = deliveries.map(({ id }) => id);
      const stored = await readModels.getMany<WebhookDelivery>(webhookDeliveries, ids);
      const known = new Set(stored.map(({ document }) => document.id));
      await write(
        webhookDeliveries,
        deliveries.filter(({ id }) => !known.has(id)),
      );
    },
    find: async (id) => (await readModels.get<WebhookDelivery>(webhookDeliveries, id))?.document,
    save: (deliveries) => write(webhookDeliveries, deliveries),
    waiting: (endpointId, first) =>
      list({ index: 'by_due', where: { endpointId, status: 'waiting' }, first }),
    countWaiting: (endpointId, max) =>
      readModels.countUpTo(
        webhookDeliveries,
        { index: 'by_due', where: { endpointId, status: 'waiting' } },
        max,
      ),
    endpoints: async () => {
      const groupBy = ['endpointId', 'ownerId'];
      const rows = await readModels.aggregate(webhookDeliveries, { where: { status: 'waiting' }, groupBy });
      return rows.map(({ group }) => ({
        endpointId: group['endpointId'] as WebhookEndpointId,
        ownerId: group['ownerId'] as WebhookOwner,
      }));
    },
    removeAllOf: async (endpointId) => {
      await removeWhile(() => list({ index: 'by_endpoint', where: { endpointId } }));
      await write(endpointHealth, [], [endpointId]);
    },
    removeOld: (before) => removeWhile(() => list({ index: 'by_age', range: { lt: before } })),
    trim: async (endpointId, keep) => {
      for (const status of ['delivered', 'failed']) {
        const settled = { index: 'by_endpoint_and_status', where: { endpointId, status } } as const;
        const query = { ...settled, order: 'descending', first: keep } as const;
        const { items } = await readModels.list(webhookDeliveries, query);
        const after = items.at(-1)?.cursor;
        if (items.length === keep) await removeWhile(() => list({ ...settled, order: 'descending', after }));
      }
    },
    health: async (id) => (await readModels.get<EndpointHealth>(endpointHealth, id))?.document,
    saveHealth: (id, health) =>
      health === undefined ? write(endpointHealth, [], [id]) : write(endpointHealth, [{ id, ...health }]),
  };
};

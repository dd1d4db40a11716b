import { isActiveSeller } from '../../commands/merchant';
import type { AccountId, OrderId, ProductId } from '../../domain/kernel';
import { order, type OrderLine } from '../../domain/order';
import { product } from '../../domain/product';
import type { ReviewSubject } from '../../domain/review';
import {
  platformOwner,
  webhookEndpoints,
  type WebhookEndpoint,
  type WebhookOwner,
} from '../../domain/webhook-endpoints';
import type { WebhookEndpointId } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import type { RecordedEvent } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { Message } from '../integration-events';

export type RecipientDeps = { readonly aggregates: Aggregates; readonly clock: Clock };

export type Recipient = {
  readonly ownerId: WebhookOwner;
  readonly endpointId: WebhookEndpointId;
  readonly endpoint: WebhookEndpoint;
};

/** The fields by which an event names what it is about. */
type Subject = {
  readonly orderId?: OrderId;
  readonly productId?: ProductId;
  readonly subject?: ReviewSubject;
};

const linesOf = async (orderId: OrderId, { aggregates }: RecipientDeps): Promise<readonly OrderLine[]> => {
  const state = await aggregates.of(order).load(orderId);
  return state.progress === 'NONE' ? [] : state.lines;
};

const sellerOf = async (
  productId: ProductId,
  { aggregates }: RecipientDeps,
): Promise<readonly AccountId[]> => {
  const state = await aggregates.of(product).load(productId);
  return state.status === 'NONE' || state.sellerId === undefined ? [] : [state.sellerId];
};

/** Returns the merchants whose goods an event is about. */
const merchantsOf = async (
  { type, data }: Pick<RecordedEvent, 'type' | 'data'>,
  deps: RecipientDeps,
): Promise<readonly AccountId[]> => {
  const { orderId, productId, subject } = data as Subject;
  if (type.startsWith('Order') && orderId !== undefined) {
    const lines = await linesOf(orderId, deps);
    return [...new Set(lines.flatMap(({ sellerId }) => sellerId ?? []))];
  }
  if (subject?.kind === 'seller') return [subject.sellerId];
  const about = subject?.productId ?? productId;
  return about === undefined ? [] : sellerOf(about, deps);
};

/** Returns whether an owner may receive events now: the platform, and merchants who may sell. */
export const mayReceive = async (ownerId: WebhookOwner, deps: RecipientDeps): Promise<boolean> =>
  ownerId === platformOwner || isActiveSeller(deps, ownerId);

/** Returns the endpoints that may receive an event of some type: the platform's, and those of merchants concerned who may sell. */
export const recipientsOf = async (
  event: Pick<RecordedEvent, 'type' | 'data' | 'recordedAt'>,
  deps: RecipientDeps,
): Promise<readonly Recipient[]> => {
  const found: Recipient[] = [];
  for (const ownerId of [platformOwner, ...(await merchantsOf(event, deps))] as const) {
    const { endpoints } = await deps.aggregates.of(webhookEndpoints).load(ownerId);
    const open = Object.entries(endpoints)
      .map(([id, endpoint]) => ({ ownerId, endpointId: id as WebhookEndpointId, endpoint }))
      // An endpoint receives what happens while it is enabled, not the history.
      .filter(({ endpoint }) => !endpoint.disabledBecause && endpoint.addedAt <= event.recordedAt);
    if (open.length === 0) continue;
    if (await mayReceive(ownerId, deps)) found.push(...open);
  }
  return found;
};

/** Fields of orders that are about the order, and not about goods of others or the customer. */
const ofOrder = /^(?:orderId|orderNumber|revision|[a-z]+At)$/;

/**
 * Returns the data of a message for one owner. Merchants see of an order their own lines, and no sums over lines of others.
 */
export const dataFor = async (
  { event: { type, data, subject } }: Message,
  ownerId: WebhookOwner,
  deps: RecipientDeps,
): Promise<object> => {
  if (ownerId === platformOwner || !type.startsWith('order.')) return data;
  const lines = await linesOf(subject as OrderId, deps);
  return {
    ...Object.fromEntries(Object.entries(data).filter(([name]) => ofOrder.test(name))),
    lines: lines
      .filter(({ sellerId }) => sellerId === ownerId)
      .map(({ productId, sku, name, quantity, unitPrice, discount }) => ({
        ...{ productId, sku, name, quantity, unitPrice, discount },
      })),
  };
};

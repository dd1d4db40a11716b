import { z } from 'zod';
import type { OrderId } from '../domain/kernel';
import type { OrderTagged, OrderUntagged } from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const OrderTag = z
  .strictObject({
    id: z.string().describe('The order and the tag: `<order>:<tag>`.'),
    tag: z.string().describe('The tag.'),
    orderId: uuid<OrderId>().describe('The order.'),
    taggedAt: instant.describe('The time when the order got the tag.'),
  })
  .describe('One tag of one order. For staff only.');
export type OrderTag = DocumentOf<typeof OrderTag>;

export const orderTags = readModel<OrderTag, OrderTagged | OrderUntagged>('order_tags', {
  question: 'Which orders have a tag?',
  version: 1,
  document: OrderTag,
  indexes: { by_tag: ['tag', 'taggedAt'] },
  key: ({ data: { orderId, tag } }) => `${orderId}:${tag}`,
  on: {
    OrderTagged: (_, { data: { orderId, tag, taggedAt } }) => ({
      id: `${orderId}:${tag}`,
      tag,
      orderId,
      taggedAt,
    }),
    OrderUntagged: () => undefined,
  },
});

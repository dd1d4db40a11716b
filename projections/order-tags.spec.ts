import type { AccountId } from '../domain/kernel';
import { at, orderId } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { orderTags } from './order-tags';

const sam = 'sam' as AccountId;
const tagged = { type: 'OrderTagged', data: { orderId, tag: 'vip', taggedBy: sam, taggedAt: at } } as const;
const untagged = {
  type: 'OrderUntagged',
  data: { orderId, tag: 'vip', untaggedBy: sam, untaggedAt: at },
} as const;
const id = `${orderId}:vip`;
const document = { id, tag: 'vip', orderId, taggedAt: at };

itProjects(orderTags, [
  { on: tagged, because: 'has the tag', touches: [{ id, after: document }] },
  { on: untagged, because: 'has it no more', touches: [{ id, before: document }] },
]);

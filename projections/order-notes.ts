import { z } from 'zod';
import type { AccountId, NoteId, OrderId } from '../domain/kernel';
import type { OrderNoteAdded, OrderTagged, OrderUntagged } from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const OrderNote = z
  .strictObject({
    id: uuid<NoteId>().describe('The unique identifier.'),
    text: z.string().describe('The note.'),
    addedBy: uuid<AccountId>().describe('The account that wrote it.'),
    addedAt: instant.describe('The time when it was written.'),
  })
  .describe('An internal note on an order.');
export type OrderNote = DocumentOf<typeof OrderNote>;

export const OrderNotes = z
  .strictObject({
    id: uuid<OrderId>().describe('The order.'),
    notes: z.array(OrderNote).describe('The notes, the oldest first.'),
    tags: z.array(z.string().describe('A tag.')).describe('The tags, in the order in which they were given.'),
  })
  .describe('The internal notes and tags of an order. For staff only.');
export type OrderNotes = DocumentOf<typeof OrderNotes>;

const noneOf = (id: OrderId): OrderNotes => ({ id, notes: [], tags: [] });

/** Apart from `order_details`, which customers read. Orders without notes and tags have no document. */
export const orderNotes = readModel<OrderNotes, OrderNoteAdded | OrderTagged | OrderUntagged>('order_notes', {
  question: 'What did staff write about an order, and which tags does it have?',
  version: 1,
  document: OrderNotes,
  indexes: {},
  key: ({ data }) => data.orderId,
  on: {
    OrderNoteAdded: (found, { data: { orderId, noteId: id, text, addedBy, addedAt } }) => {
      const before = found ?? noneOf(orderId);
      return { ...before, notes: [...before.notes, { id, text, addedBy, addedAt }] };
    },
    OrderTagged: (found, { data: { orderId, tag } }) => {
      const before = found ?? noneOf(orderId);
      return { ...before, tags: [...before.tags, tag] };
    },
    OrderUntagged: (found, { data: { tag } }) =>
      found && { ...found, tags: found.tags.filter((each) => each !== tag) },
  },
});

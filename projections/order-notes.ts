import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import { erasedText, type AccountId, type NoteId, type OrderId } from '../domain/kernel';
import { order, type OrderNoteAdded, type OrderTagged, type OrderUntagged } from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, uuid } from './fields';

export const OrderNote = z
  .strictObject({
    id: uuid<NoteId>().describe('The unique identifier.'),
    text: z.string().describe('The note.'),
    addedBy: uuid<AccountId>().describe('The account that wrote it.'),
    addedAt: instant.describe('The time when it was written.'),
    customerId: uuid<AccountId>()
      .nullable()
      .describe('The customer, with whose data it is erased; null in a note of an earlier version.'),
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

type Shown = OrderNoteAdded | OrderTagged | OrderUntagged | PersonalDataErased;

/** Apart from `order_details`, which customers read. Orders without notes and tags have no document. */
export const orderNotes = readModel<OrderNotes, Shown>('order_notes', {
  question: 'What did staff write about an order, and which tags does it have?',
  version: 2,
  document: OrderNotes,
  indexes: {},
  key: (event) => (isErasure(event) ? erasedIn(order.category, event) : event.data.orderId),
  on: {
    OrderNoteAdded: (found, { data }) => {
      const { orderId, noteId: id, text, addedBy, addedAt, customerId = null } = data;
      const before = found ?? noneOf(orderId);
      return { ...before, notes: [...before.notes, { id, text, addedBy, addedAt, customerId }] };
    },
    OrderTagged: (found, { data: { orderId, tag } }) => {
      const before = found ?? noneOf(orderId);
      return { ...before, tags: [...before.tags, tag] };
    },
    OrderUntagged: (found, { data: { tag } }) =>
      found && { ...found, tags: found.tags.filter((each) => each !== tag) },
    PersonalDataErased: (found, { data: { accountId } }) =>
      found && {
        ...found,
        notes: found.notes.map((note) =>
          note.customerId === accountId ? { ...note, text: erasedText } : note,
        ),
      },
  },
});

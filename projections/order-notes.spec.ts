import type { AccountId, NoteId } from '../domain/kernel';
import { at, orderId } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { orderNotes, type OrderNotes } from './order-notes';

const sam = 'sam' as AccountId;
const noteId = 'note-1' as NoteId;
const note = { id: noteId, text: 'Calls back.', addedBy: sam, addedAt: at };
const added = {
  type: 'OrderNoteAdded',
  data: { orderId, noteId, text: 'Calls back.', addedBy: sam, addedAt: at },
} as const;
const tagged = { type: 'OrderTagged', data: { orderId, tag: 'vip', taggedBy: sam, taggedAt: at } } as const;
const untagged = {
  type: 'OrderUntagged',
  data: { orderId, tag: 'vip', untaggedBy: sam, untaggedAt: at },
} as const;

const none: OrderNotes = { id: orderId, notes: [], tags: [] };
const noted: OrderNotes = { ...none, notes: [note] };

itProjects(orderNotes, [
  { on: added, because: 'is the first note', touches: [{ id: orderId, after: noted }] },
  {
    on: { ...added, data: { ...added.data, noteId: 'note-2' as NoteId } },
    because: 'follows on another note',
    touches: [
      { id: orderId, before: noted, after: { ...none, notes: [note, { ...note, id: 'note-2' as NoteId }] } },
    ],
  },
  { on: tagged, because: 'is the first tag', touches: [{ id: orderId, after: { ...none, tags: ['vip'] } }] },
  {
    on: tagged,
    because: 'follows on another tag',
    touches: [
      { id: orderId, before: { ...noted, tags: ['late'] }, after: { ...noted, tags: ['late', 'vip'] } },
    ],
  },
  {
    on: untagged,
    because: 'takes the tag away',
    touches: [
      { id: orderId, before: { ...noted, tags: ['late', 'vip'] }, after: { ...noted, tags: ['late'] } },
    ],
  },
  { on: untagged, because: 'has no tags', touches: [{ id: orderId }] },
]);

import { erasedText, type AccountId, type NoteId } from '../domain/kernel';
import { at, orderId } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { orderNotes, type OrderNotes } from './order-notes';

const sam = 'sam' as AccountId;
const noteId = 'note-1' as NoteId;
const note = { id: noteId, text: 'Calls back.', addedBy: sam, addedAt: at, customerId: null };
const added = {
  type: 'OrderNoteAdded',
  data: { orderId, noteId, text: 'Calls back.', addedBy: sam, addedAt: at },
} as const;
const tagged = { type: 'OrderTagged', data: { orderId, tag: 'vip', taggedBy: sam, taggedAt: at } } as const;
const untagged = {
  type: 'OrderUntagged',
  data: { orderId, tag: 'vip', untaggedBy: sam, untaggedAt: at },
} as const;

const ann = 'ann' as AccountId;
const aboutAnn = { ...note, customerId: ann };

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
  {
    on: { ...added, data: { ...added.data, customerId: ann } },
    because: 'is about the customer',
    touches: [{ id: orderId, after: { ...none, notes: [aboutAnn] } }],
  },
  {
    on: {
      type: 'PersonalDataErased',
      data: { accountId: ann, streams: [`order-${orderId}`, `account-${ann}`], erasedAt: at },
    },
    because: 'is without the words about the customer',
    touches: [
      {
        id: orderId,
        before: { ...none, notes: [note, aboutAnn] },
        after: { ...none, notes: [note, { ...aboutAnn, text: erasedText }] },
      },
    ],
  },
]);

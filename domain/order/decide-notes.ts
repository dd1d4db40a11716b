import { accept, reject } from '../kernel';
import type { AddOrderNote, TagOrder, UntagOrder } from './commands';
import type { OrderDecision } from './decision';
import { orderNotesMax, orderTagsMax } from './limits';
import type { KnownOrder } from './state';

export const addOrderNote = (
  { noteId, text, by, at }: AddOrderNote,
  { orderId, notes, customerId }: KnownOrder,
): OrderDecision => {
  if (notes.includes(noteId)) return accept();
  // The stream of an order is read whole for every decision, so its length is bounded.
  if (notes.length >= orderNotesMax)
    return reject({ code: 'ORDER_NOTES_FULL', orderId, notesMax: orderNotesMax });
  return accept({
    type: 'OrderNoteAdded',
    data: { orderId, noteId, text, addedBy: by, addedAt: at, customerId },
  });
};

/** Returns the one spelling of a tag, in which it is stored and found. */
export const spellingOfTag = (text: string): string => text.normalize('NFC').toLowerCase();

export const tagOrder = ({ tag, by, at }: TagOrder, { orderId, tags }: KnownOrder): OrderDecision => {
  if (tags.includes(tag)) return accept();
  // A list of orders shows all of their tags.
  if (tags.length >= orderTagsMax) return reject({ code: 'ORDER_TAGS_FULL', orderId, tagsMax: orderTagsMax });
  return accept({ type: 'OrderTagged', data: { orderId, tag, taggedBy: by, taggedAt: at } });
};

export const untagOrder = ({ tag, by, at }: UntagOrder, { orderId, tags }: KnownOrder): OrderDecision =>
  tags.includes(tag)
    ? accept({ type: 'OrderUntagged', data: { orderId, tag, untaggedBy: by, untaggedAt: at } })
    : accept();

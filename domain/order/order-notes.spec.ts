import { given } from '../../tests/support/domain/given';
import { command, event, history, orderId } from '../../tests/support/domain/two-part-order';
import type { NoteId } from '../kernel';
import { order, orderNotesMax, orderTagsMax } from './index';

const noteOf = (number: number): NoteId => `note-${number}` as NoteId;
const notes = (count: number) => Array.from({ length: count }, (_, index) => event.noteAdded(noteOf(index)));
const tags = (count: number) => Array.from({ length: count }, (_, index) => event.tagged(`tag ${index}`));

describe('an internal note', () => {
  it('is added to an order in any status', () => {
    given(order, history.placed)
      .when(command.addNote(noteOf(1)))
      .then([event.noteAdded(noteOf(1))]);
    given(order, [...history.placed, event.cancelled('payment-overdue')])
      .when(command.addNote(noteOf(1)))
      .then([event.noteAdded(noteOf(1))]);
  });

  it('needs an order', () =>
    given(order, [])
      .when(command.addNote(noteOf(1)))
      .thenRejected({ code: 'ORDER_NOT_FOUND', orderId }));

  it('finds room for a bounded number of notes', () => {
    given(order, [...history.placed, ...notes(orderNotesMax - 1)])
      .when(command.addNote(noteOf(orderNotesMax)))
      .then([event.noteAdded(noteOf(orderNotesMax))]);
    given(order, [...history.placed, ...notes(orderNotesMax)])
      .when(command.addNote(noteOf(orderNotesMax)))
      .thenRejected({ code: 'ORDER_NOTES_FULL', orderId, notesMax: orderNotesMax });
    // A repeat of the last one is no new note.
    given(order, [...history.placed, ...notes(orderNotesMax)])
      .when(command.addNote(noteOf(orderNotesMax - 1)))
      .then([]);
  });
});

describe('a tag', () => {
  it('is given once, and removed', () => {
    given(order, history.placed)
      .when(command.tag('vip'))
      .then([event.tagged('vip')]);
    given(order, [...history.placed, event.tagged('vip'), event.tagged('late')])
      .when(command.untag('vip'))
      .then([event.untagged('vip')]);
    given(order, [...history.placed, event.tagged('vip'), event.untagged('vip')])
      .when(command.tag('vip'))
      .then([event.tagged('vip')]);
  });

  it('that the order does not have is not removed', () =>
    given(order, history.placed).when(command.untag('vip')).then([]));

  it('finds room for a bounded number of tags', () => {
    given(order, [...history.placed, ...tags(orderTagsMax)])
      .when(command.tag('one more'))
      .thenRejected({ code: 'ORDER_TAGS_FULL', orderId, tagsMax: orderTagsMax });
    given(order, [...history.placed, ...tags(orderTagsMax)])
      .when(command.tag('tag 0'))
      .then([]);
  });
});

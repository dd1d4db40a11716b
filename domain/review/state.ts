import { unreachable } from '../kernel';
import type { AccountId } from '../kernel';
import type { Rating, ReviewEvent, ReviewSubject } from './events';

export type KnownReview = {
  readonly status: 'STANDING' | 'WITHDRAWN';
  readonly authorId: AccountId;
  readonly subject: ReviewSubject;
  readonly rating: Rating;
  readonly text: string;
};
export type ReviewState = { readonly status: 'NONE' } | KnownReview;

export const initial: ReviewState = { status: 'NONE' };

const known = (state: ReviewState, event: ReviewEvent): KnownReview => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ReviewWritten`);
  return state;
};

export const evolve = (state: ReviewState, event: ReviewEvent): ReviewState => {
  switch (event.type) {
    case 'ReviewWritten': {
      const { authorId, subject, rating, text } = event.data;
      return { status: 'STANDING', authorId, subject, rating, text };
    }
    case 'ReviewEdited': {
      const { rating, text } = event.data;
      return { ...known(state, event), rating, text };
    }
    case 'ReviewWithdrawn':
      return { ...known(state, event), status: 'WITHDRAWN' };
    default:
      return unreachable(event);
  }
};

import type { MutationName } from '../../../commands';
import type { Example } from './account-examples';
import { ids } from './edge';

const { ada, answer, mug, order, question, review } = ids;
const ofReview = {
  sends: { kind: 'review', reviewId: review },
  shown: {
    select: 'contribution { __typename }',
    shows: { contribution: { __typename: 'Review' } },
  },
} as const;

type Names = Extract<
  MutationName,
  | 'askQuestion'
  | 'answerQuestion'
  | 'answerReview'
  | 'withdrawPost'
  | 'voteHelpful'
  | 'retractHelpfulVote'
  | 'reportContribution'
  | 'dismissReports'
  | 'hideContribution'
  | 'restoreContribution'
>;

/** The examples of the mutations of questions, answers, votes and moderation. */
export const contributionExamples: { readonly [Name in Names]: Example<Name> } = {
  askQuestion: {
    input: { productId: mug, text: 'How much does it hold?' },
    sends: { authorId: ada, productId: mug, text: 'How much does it hold?' },
    value: { postId: question },
    select: 'post { text }',
    shows: { post: { text: 'How much does it hold?' } },
  },
  answerQuestion: {
    input: { questionId: question, text: 'A third of a litre.', orderId: order },
    sends: { authorId: ada, questionId: question, text: 'A third of a litre.', orderId: order },
    value: { postId: answer },
    select: 'post { writtenAs }',
    shows: { post: { writtenAs: 'SHOP' } },
  },
  answerReview: {
    input: { reviewId: review, text: 'Thank you.' },
    sends: { authorId: ada, reviewId: review, text: 'Thank you.' },
    value: { postId: answer },
    select: 'review { rating }',
    shows: { review: { rating: 4 } },
  },
  withdrawPost: {
    input: { postId: answer },
    sends: { authorId: ada, postId: answer },
    value: {},
    select: 'postId',
    shows: { postId: answer },
  },
  voteHelpful: {
    input: { reviewId: review },
    sends: { voterId: ada, on: { kind: 'review', reviewId: review } },
    value: {},
    select: 'contribution { ... on Review { helpful } }',
    shows: { contribution: { helpful: 3 } },
  },
  retractHelpfulVote: {
    input: { postId: answer },
    sends: { voterId: ada, on: { kind: 'post', postId: answer } },
    value: {},
    select: 'contribution { ... on Post { helpful } }',
    shows: { contribution: { helpful: 2 } },
  },
  reportContribution: {
    input: { reviewId: review, reason: 'SPAM', note: 'The same text everywhere.' },
    sends: { reporterId: ada, on: ofReview.sends, reason: 'SPAM', note: 'The same text everywhere.' },
    value: {},
    ...ofReview.shown,
  },
  dismissReports: {
    input: { reviewId: review },
    sends: { moderatorId: ada, on: ofReview.sends },
    value: {},
    ...ofReview.shown,
  },
  hideContribution: {
    input: { reviewId: review, reason: 'It is advertising.' },
    sends: { moderatorId: ada, on: ofReview.sends, reason: 'It is advertising.' },
    value: {},
    ...ofReview.shown,
  },
  restoreContribution: {
    input: { reviewId: review },
    sends: { moderatorId: ada, on: ofReview.sends },
    value: {},
    ...ofReview.shown,
  },
};

/** One rejection of each code of theirs, with figures. */
export const contributionSamples = {
  POST_NOT_FOUND: { postId: answer },
  POST_TEXT_OUT_OF_RANGE: { length: 2_001, max: 2_000 },
  PURCHASE_NOT_FOUND: {},
  CONTRIBUTION_NOT_FOUND: {},
  OWN_CONTRIBUTION: {},
  ALREADY_HIDDEN: { hiddenFor: 'It is advertising.' },
};

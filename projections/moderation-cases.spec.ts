import * as posts from '../tests/support/domain/posts';
import {
  hidden,
  hiddenFor,
  moderatorId,
  ofProduct,
  restored,
  reviewId,
  withdrawn,
  written,
  editedAt,
  writtenAt,
} from '../tests/support/domain/reviews';
import { erasedText } from '../domain/kernel';
import type { ReviewReported, ReviewReportsDismissed } from '../domain/review';
import { itProjects } from '../tests/support/projections/it-projects';
import { moderationCases } from './moderation-cases';
import type { ModerationCase } from './moderation-cases';

const { postId, reporterId, later } = posts;
const complaint = {
  reporterId,
  reason: 'SPAM',
  note: 'The same text everywhere.',
  reportedAt: later,
} as const;
const shownComplaint = { ...complaint, authorId: null };
const reported: ReviewReported = { type: 'ReviewReported', data: { reviewId, ...complaint } };
const dismissed: ReviewReportsDismissed = {
  type: 'ReviewReportsDismissed',
  data: { reviewId, moderatorId, dismissedAt: later },
};

const open = (id: string, kind: ModerationCase['kind']): ModerationCase => ({
  ...{ id, kind, state: 'OPEN', reports: [shownComplaint], hiddenFor: null, changedAt: later },
});
const closed = (id: string, kind: ModerationCase['kind'], changedAt = editedAt): ModerationCase => ({
  ...{ id, kind, state: 'HIDDEN', reports: [], hiddenFor, changedAt },
});

const review = open(reviewId, 'REVIEW');
const gone = closed(reviewId, 'REVIEW');
const post = { ...open(postId, 'POST'), reports: [{ ...complaint, authorId: posts.authorId }] };
const twice = { ...review, reports: [shownComplaint, shownComplaint] };

itProjects(moderationCases, [
  { on: reported, because: 'opens a case', touches: [{ id: reviewId, after: review }] },
  {
    on: reported,
    because: 'adds to a case',
    touches: [{ id: reviewId, before: review, after: twice }],
  },
  { on: dismissed, because: 'closes it', touches: [{ id: reviewId, before: twice }] },
  {
    on: dismissed,
    because: 'leaves what is hidden',
    touches: [{ id: reviewId, before: { ...gone, reports: [shownComplaint] }, after: gone }],
  },
  {
    on: hidden(ofProduct, 4),
    because: 'closes the reports',
    touches: [{ id: reviewId, before: twice, after: gone }],
  },
  { on: restored(ofProduct, 4), because: 'ends it', touches: [{ id: reviewId, before: gone }] },
  { on: withdrawn(ofProduct, 4), because: 'ends it', touches: [{ id: reviewId, before: review }] },
  { on: written(ofProduct, 4), because: 'is no case', touches: [{ id: reviewId }] },
  {
    on: written(ofProduct, 4, { hiddenFor }),
    because: 'is still hidden',
    touches: [{ id: reviewId, after: closed(reviewId, 'REVIEW', writtenAt) }],
  },
  { on: posts.reported(), because: 'opens a case', touches: [{ id: postId, after: post }] },
  { on: posts.dismissed, because: 'closes it', touches: [{ id: postId, before: post }] },
  {
    on: posts.hidden,
    because: 'closes the reports',
    touches: [{ id: postId, before: post, after: closed(postId, 'POST') }],
  },
  { on: posts.restored, because: 'ends it', touches: [{ id: postId, before: closed(postId, 'POST') }] },
  {
    on: {
      type: 'PersonalDataErased',
      data: { accountId: posts.authorId, streams: [`post-${postId}`], erasedAt: later },
    },
    because: 'has no words about the author any more',
    touches: [
      {
        id: postId,
        before: { ...post, reports: [...post.reports, shownComplaint] },
        after: {
          ...post,
          reports: [{ ...complaint, authorId: posts.authorId, note: erasedText }, shownComplaint],
        },
      },
    ],
  },
  { on: posts.withdrawn, because: 'ends it', touches: [{ id: postId, before: post }] },
  { on: posts.written(posts.aboutProduct), because: 'is no case', touches: [{ id: postId }] },
]);

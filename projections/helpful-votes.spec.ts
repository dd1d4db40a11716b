import type { PostId, ReviewId } from '../domain/kernel';
import { cast, retracted, voteId as id, voterId } from '../tests/support/domain/helpful-votes';
import { itProjects } from '../tests/support/projections/it-projects';
import { helpfulVotes } from './helpful-votes';

const onReview = { kind: 'review', reviewId: 'review-1' as ReviewId } as const;
const onPost = { kind: 'post', postId: 'post-1' as PostId } as const;
const vote = { id, voterId, contributionId: 'review-1' };

itProjects(helpfulVotes, [
  { on: cast(onReview), because: 'is on a review', touches: [{ id, after: vote }] },
  {
    on: cast(onPost),
    because: 'is on a post',
    touches: [{ id, after: { ...vote, contributionId: 'post-1' } }],
  },
  { on: retracted(onReview), because: 'is gone', touches: [{ id, before: vote }] },
]);

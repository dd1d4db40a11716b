import type { PostId, ReviewId } from '../../../domain/kernel';
import { voteId } from '../../../platform/ids';
import type { EdgeContext } from '../context';

/** A field of what accounts vote on: a review or a post. */
export const isHelpfulToViewer = {
  type: 'Boolean!',
  description: 'Whether the signed-in account has voted that it is helpful; false for guests.',
  resolve: async (
    { id }: { readonly id: ReviewId | PostId },
    _args: object,
    { viewer, loaders }: EdgeContext,
  ): Promise<boolean> =>
    viewer.kind === 'account' && (await loaders.helpfulVotes.load(voteId(viewer.id, id), viewer)) !== null,
};

/** Begins the description of the field `hiddenFor`. */
export const hiddenForText = 'For the author and the moderators: the reason for which';

import { z } from 'zod';
import type { HelpfulVoteEvent } from '../domain/helpful-vote';
import type { PersonalDataErased } from '../domain/account';
import { erasedText, type AccountId, type PostId } from '../domain/kernel';
import {
  post,
  postAuthors,
  type PostEvent,
  type PostReported,
  type PostReportsDismissed,
  type PostTopic,
} from '../domain/post';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, uuid } from './fields';
import { hiddenKey, listKeyOf, shownKey } from './list-key';

export const Post = z
  .strictObject({
    id: uuid<PostId>().describe('The unique identifier.'),
    about: z
      .string()
      .describe(
        'The topic: `product:<id>` of a question, `question:<id>` or `review:<id>` of an answer; `hidden-` stands before it while a moderator hides the post.',
      ),
    authorId: uuid<AccountId>().describe("The author's account."),
    authorName: z.string().describe("The author's name when the post was written or last edited."),
    writtenAs: z.enum(postAuthors).describe('The relation of the author to the product.'),
    text: z.string().describe("The author's words."),
    writtenAt: instant.describe('The time when the post was written.'),
    editedAt: instant.nullable().describe('The time when the post was last edited; null if it never was.'),
    helpful: z.int32().describe('The number of accounts to which the post is helpful.'),
    hiddenFor: z
      .string()
      .nullable()
      .describe('The reason for which a moderator has hidden the post; null where it is shown.'),
  })
  .describe('A question on a product, or an answer to a question or a review.');
export type Post = DocumentOf<typeof Post>;

const keyOf = (topic: PostTopic, hiddenFor?: string): string => {
  if (topic.kind === 'product') return listKeyOf('product', topic.productId, hiddenFor);
  return topic.kind === 'question'
    ? listKeyOf('question', topic.questionId, hiddenFor)
    : listKeyOf('review', topic.reviewId, hiddenFor);
};

type Shown = Exclude<PostEvent, PostReported | PostReportsDismissed> | HelpfulVoteEvent | PersonalDataErased;

const voted =
  (by: 1 | -1): Fold<Post, HelpfulVoteEvent> =>
  (found) =>
    found && { ...found, helpful: found.helpful + by };

/** A withdrawn post is removed. */
export const posts = readModel<Post, Shown>('posts', {
  question: 'Which questions does each product have, and which answers do questions and reviews have?',
  version: 1,
  document: Post,
  indexes: {
    by_topic: ['about', 'writtenAt'],
    by_topic_and_helpful: ['about', 'helpful', 'writtenAt'],
    by_author: ['authorId', 'writtenAt'],
  },
  key: (event) => {
    if (isErasure(event)) return erasedIn(post.category, event);
    const { data } = event;
    if ('postId' in data) return data.postId;
    return data.on.kind === 'post' ? data.on.postId : undefined;
  },
  on: {
    PostWritten: (
      _,
      { data: { postId, topic, authorId, authorName, writtenAs, text, writtenAt, hiddenFor } },
    ) => ({
      id: postId,
      about: keyOf(topic, hiddenFor),
      authorId,
      authorName,
      writtenAs,
      text,
      writtenAt,
      editedAt: null,
      helpful: 0,
      hiddenFor: hiddenFor ?? null,
    }),
    PostEdited: (found, { data: { authorId, authorName, writtenAs, text, editedAt } }) =>
      found && {
        ...found,
        ...{ authorId, authorName, writtenAs: writtenAs ?? found.writtenAs, text, editedAt },
      },
    PostWithdrawn: () => undefined,
    PostHidden: (found, { data: { hiddenFor } }) =>
      found && { ...found, about: hiddenKey(found.about), hiddenFor },
    PostRestored: (found) => found && { ...found, about: shownKey(found.about), hiddenFor: null },

    // Staff may have replaced the words of a post, which then has another author's name.
    PersonalDataErased: (found, { data: { accountId } }) =>
      found?.authorId === accountId ? { ...found, authorName: erasedText } : found,

    HelpfulVoteCast: voted(1),
    HelpfulVoteRetracted: voted(-1),
  },
});

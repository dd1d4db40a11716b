import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import {
  erasedText,
  reportReasons,
  type AccountId,
  type Hidden,
  type Instant,
  type Reported,
} from '../domain/kernel';
import { post, type PostEdited, type PostEvent } from '../domain/post';
import { review, type ReviewEdited, type ReviewEvent, type ReviewPhotosRemoved } from '../domain/review';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { instant, uuid } from './fields';

export const Report = z
  .strictObject({
    reporterId: uuid<AccountId>().describe('The account that reported it.'),
    reason: z.enum(reportReasons).describe('The reason of the report.'),
    note: z.string().describe('The words of the account to the moderators; may be empty.'),
    authorId: uuid<AccountId>()
      .nullable()
      .describe('The author, with whose data the note is erased; null in a report of an earlier version.'),
    reportedAt: instant.describe('The time of the report.'),
  })
  .describe('A report of a review, a question or an answer.');

export const ModerationCase = z
  .strictObject({
    id: z.string().meta({ kind: 'id' }).describe('The unique identifier: that of what is moderated.'),
    kind: z.enum(['REVIEW', 'POST']).describe('What is moderated.'),
    state: z.enum(['OPEN', 'HIDDEN']).describe('Whether it was reported, or is hidden.'),
    reports: z.array(Report).describe('The open reports, the oldest first; at most 50.'),
    hiddenFor: z.string().nullable().describe('The reason for which it is hidden; null where it is shown.'),
    changedAt: instant.describe('The time of the first open report, or of the hiding.'),
  })
  .describe('A review, a question or an answer that was reported, or that is hidden.');
export type ModerationCase = DocumentOf<typeof ModerationCase>;

type Moderating = Exclude<ReviewEvent | PostEvent, ReviewEdited | ReviewPhotosRemoved | PostEdited>;
type Found = ModerationCase | undefined;

const kindOf = (data: Moderating['data']): ModerationCase['kind'] => ('reviewId' in data ? 'REVIEW' : 'POST');

const idOf = (data: Moderating['data']): string => ('reviewId' in data ? data.reviewId : data.postId);

const reported = (
  found: Found,
  { data }: { readonly data: Moderating['data'] & Reported & { readonly reportedAt: Instant } },
): ModerationCase => {
  const { reporterId, reason, note, authorId = null, reportedAt } = data;
  const opened: ModerationCase = found ?? {
    id: idOf(data),
    kind: kindOf(data),
    state: 'OPEN',
    reports: [],
    hiddenFor: null,
    changedAt: reportedAt,
  };
  return { ...opened, reports: [...opened.reports, { reporterId, reason, note, authorId, reportedAt }] };
};

/** Something that is shown and has no open report is no case. */
const dismissed = (found: Found): Found =>
  found?.state === 'HIDDEN' ? { ...found, reports: [] } : undefined;

const hiddenCase = (data: Moderating['data'], hiddenFor: string, changedAt: Instant): ModerationCase => ({
  ...{ id: idOf(data), kind: kindOf(data), state: 'HIDDEN', reports: [] },
  ...{ hiddenFor, changedAt },
});

const hidden = (
  _: Found,
  { data }: { readonly data: Moderating['data'] & Hidden & { readonly hiddenAt: Instant } },
): ModerationCase => hiddenCase(data, data.hiddenFor, data.hiddenAt);

const closed = (): undefined => undefined;

/** A contribution that is written again after it was hidden and withdrawn is still hidden. */
const written = (
  _: Found,
  { data }: { readonly data: Extract<Moderating['data'], { readonly writtenAt: Instant }> },
): Found => (data.hiddenFor === undefined ? undefined : hiddenCase(data, data.hiddenFor, data.writtenAt));

export const moderationCases = readModel<ModerationCase, Moderating | PersonalDataErased>(
  'moderation_cases',
  {
    question: 'Which reviews, questions and answers were reported or are hidden?',
    version: 2,
    document: ModerationCase,
    indexes: { by_state: ['state', 'changedAt'] },
    key: (event) =>
      isErasure(event)
        ? [...erasedIn(review.category, event), ...erasedIn(post.category, event)]
        : idOf(event.data),
    on: {
      ReviewWritten: written,
      ReviewWithdrawn: closed,
      ReviewReported: reported,
      ReviewReportsDismissed: dismissed,
      ReviewHidden: hidden,
      ReviewRestored: closed,
      PostWritten: written,
      PostWithdrawn: closed,
      PostReported: reported,
      PostReportsDismissed: dismissed,
      PostHidden: hidden,
      PostRestored: closed,
      PersonalDataErased: (found, { data: { accountId } }) =>
        found && {
          ...found,
          reports: found.reports.map((report) =>
            report.authorId === accountId ? { ...report, note: erasedText } : report,
          ),
        },
    },
  },
);

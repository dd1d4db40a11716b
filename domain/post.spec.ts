import {
  aboutProduct,
  at,
  authorId,
  dismissed,
  edited,
  hidden,
  hiddenFor,
  later,
  moderatorId,
  postId,
  reported,
  reporterId,
  restored,
  toQuestion,
  withdrawn,
  written,
} from '../tests/support/domain/posts';
import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import type { AccountId, Instant } from './kernel';
import { post, postTextLengthMax, type PostCommand, type PostTopic, type PostWritten } from './post';

const stranger = 'eve' as AccountId;

const write = (topic: PostTopic, text = 'Does it hold tea?', when: Instant = at): PostCommand => ({
  ...{ type: 'WritePost', postId, topic, authorId, authorName: 'Ada', writtenAs: 'CUSTOMER', text, at: when },
});
const withdraw = (by: AccountId, forShop = false): PostCommand => ({
  ...{ type: 'WithdrawPost', postId, authorId: by, forShop, at: later },
});
const report: PostCommand = {
  ...{ type: 'Report', postId, reporterId, reason: 'SPAM', note: 'The same text everywhere.', at: later },
};
const hide: PostCommand = { type: 'Hide', postId, moderatorId, reason: hiddenFor, at: later };
const restore: PostCommand = { type: 'Restore', postId, moderatorId, at: later };
const dismiss: PostCommand = { type: 'DismissReports', postId, moderatorId, at: later };

const ofShop = written(toQuestion);
const byShop: PostWritten = { ...ofShop, data: { ...ofShop.data, writtenAs: 'SHOP' } };
const notFound = { code: 'POST_NOT_FOUND', postId } as const;

describe('WritePost', () => {
  it('writes it', () =>
    given(post, [])
      .when(write(aboutProduct))
      .then([written(aboutProduct)]));

  it('writes a withdrawn one again', () =>
    given(post, [written(aboutProduct), withdrawn])
      .when(write(aboutProduct))
      .then([written(aboutProduct)]));

  it('replaces the text of one that stands', () =>
    given(post, [written(toQuestion)])
      .when(write(toQuestion, 'Does it hold coffee?', later))
      .then([edited()]));

  it('keeps one hidden that was hidden and withdrawn', () =>
    given(post, [written(aboutProduct), hidden, withdrawn])
      .when(write(aboutProduct))
      .then([written(aboutProduct, { hiddenFor })]));

  it.each(['', ' \u200b ', 'x'.repeat(postTextLengthMax + 1)])('refuses the text %j', (text) =>
    given(post, [])
      .when(write(aboutProduct, text))
      .thenRejected({ code: 'POST_TEXT_OUT_OF_RANGE', length: text.length, max: postTextLengthMax }),
  );
});

describe('WithdrawPost', () => {
  it('withdraws it', () =>
    given(post, [written(aboutProduct)])
      .when(withdraw(authorId))
      .then([withdrawn]));

  it('withdraws an answer of the shop for another member of its staff', () =>
    given(post, [byShop]).when(withdraw(stranger, true)).then([withdrawn]));

  it.each([
    ['an unknown one', [], authorId, false],
    ["someone else's", [written(aboutProduct)], stranger, false],
    ["someone else's for the shop", [written(aboutProduct)], stranger, true],
    ["the shop's for a customer", [byShop], stranger, false],
  ])('does not find %s', (_, history, by, forShop) =>
    given(post, history).when(withdraw(by, forShop)).thenRejected(notFound),
  );
});

describe('moderation', () => {
  it.each([
    [report, [], [reported()]],
    [dismiss, [reported()], [dismissed]],
    [hide, [reported()], [hidden]],
    [restore, [hidden], [restored]],
  ])('records $type', (command, history, events) =>
    given(post, [written(aboutProduct), ...history])
      .when(command)
      .then(events),
  );

  it.each([report, dismiss, hide, restore])('does not find for $type what is not there', (command) => {
    given(post, []).when(command).thenRejected(notFound);
    given(post, [written(aboutProduct), withdrawn])
      .when(command)
      .thenRejected(notFound);
  });
});

it('shows nothing that is hidden, and records any command, sent twice, once', () =>
  alongEveryWalk(
    post,
    () => [
      ...[write(aboutProduct), write(aboutProduct, 'Does it hold coffee?'), withdraw(authorId)],
      ...[withdraw(stranger), withdraw(stranger, true), report, dismiss, hide, restore],
    ],
    (step) => {
      recordsOnce(post, step);
      const { before, command, after } = step;
      if (before.status === 'NONE' || before.moderation?.hiddenFor === undefined) return;
      if (command.type === 'Restore' && before.status === 'STANDING') return;
      expect(after).toMatchObject({ moderation: { hiddenFor } });
    },
  ));

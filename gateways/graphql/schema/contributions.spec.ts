import type { PostId } from '../../../domain/kernel';
import { reviewAnswerId, voteId } from '../../../platform/ids';
import { ids, startEdge, type Shown } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
let ada: string;
let sam: string;
let staff: string;

beforeEach(async () => {
  edge = startEdge();
  ada = await edge.tokenOf(ids.ada, 'customer');
  sam = await edge.tokenOf(ids.sam, 'customer', 'seller');
  staff = await edge.tokenOf(ids.eve, 'staff');
});
afterEach(() => edge.app.close());

const data = async (query: string, as?: string): Promise<Shown> => {
  const answer = await edge.ask(query, as === undefined ? {} : { as });
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};
const codeOf = async (query: string, as?: string) =>
  (await edge.ask(query, as === undefined ? {} : { as })).errors?.[0]?.extensions.code;

const hiddenFor = 'It is advertising.';
const hideReview = (): void => {
  const [review] = edge.shop.reviews;
  edge.shop.reviews[0] = { ...review!, subject: `hidden-product:${ids.mug}`, hiddenFor };
};

describe('reviews of a product', () => {
  const reviews = (args: string): string =>
    `{ product(id: "${ids.mug}") { reviews${args} { totalCount edges { node { rating } } } } }`;

  it('are filtered by their stars', async () => {
    const found = { product: { reviews: { totalCount: 1, edges: [{ node: { rating: 4 } }] } } };
    expect(await data(reviews('(stars: 4)'))).toEqual(found);
    expect(await data(reviews('(stars: 4, sort: NEWEST)'))).toEqual(found);
    expect(await data(reviews('(stars: 5)'))).toEqual({ product: { reviews: { totalCount: 0, edges: [] } } });
    expect(await codeOf(reviews('(stars: 4, sort: RATING)'))).toBe('INPUT_INVALID');
  });

  it('have an answer, votes, and what the viewer has found helpful', async () => {
    edge.shop.posts.push({
      ...edge.shop.posts[1]!,
      id: reviewAnswerId(ids.review),
      about: `review:${ids.review}`,
    });
    edge.shop.helpfulVotes.push({
      ...{ id: voteId(ids.sam, ids.review), voterId: ids.sam, contributionId: ids.review },
    });
    const query = `{ product(id: "${ids.mug}") { reviews { edges { node {
      helpful isHelpfulToViewer answer { text writtenAs authorName review { rating } } } } } } }`;
    const node = (isHelpfulToViewer: boolean) => ({
      ...{ helpful: 3, isHelpfulToViewer },
      answer: {
        ...{ text: 'A third of a litre.', writtenAs: 'SHOP', authorName: 'Sue', review: { rating: 4 } },
      },
    });
    const shown = (isHelpful: boolean) => ({ product: { reviews: { edges: [{ node: node(isHelpful) }] } } });
    expect(await data(query, sam)).toEqual(shown(true));
    expect(await data(query, ada)).toEqual(shown(false));
    expect(await data(query)).toEqual(shown(false));
  });

  it('read the answers and the votes of a page at once', async () => {
    edge.shop.reviews.push({ ...edge.shop.reviews[0]!, id: ids.question as never });
    const query = `{ product(id: "${ids.mug}") { reviews { edges { node { isHelpfulToViewer answer { text } } } } } }`;
    await data(query, sam);
    expect(edge.reads.filter((read) => ['posts', 'helpfulVotes'].includes(read)).sort()).toEqual([
      'helpfulVotes',
      'posts',
    ]);
  });
});

describe('a hidden review', () => {
  const query = `{ node(id: "${ids.review}") { ... on Review { rating hiddenFor product { name } } } }`;

  it('is for its author, who sees the reason, and for moderators', async () => {
    hideReview();
    const shown = { node: { rating: 4, hiddenFor, product: { name: 'Mug' } } };
    expect(await data(query, ada)).toEqual(shown);
    expect(await data(query, staff)).toEqual(shown);
    expect(await data(query, sam)).toEqual({ node: null });
    expect(await data(query)).toEqual({ node: null });
    expect(await data('{ me { reviews { edges { node { hiddenFor } } } } }', ada)).toEqual({
      me: { reviews: { edges: [{ node: { hiddenFor } }] } },
    });
  });

  it('is shown by documents of version 1, which cannot be hidden', async () => {
    const former = { ...edge.shop.reviews[0]!, helpful: undefined, hiddenFor: undefined };
    edge.shop.reviews[0] = former as never;
    expect(await data(`{ node(id: "${ids.review}") { ... on Review { helpful hiddenFor } } }`)).toEqual({
      node: { helpful: 0, hiddenFor: null },
    });
  });
});

describe('questions on a product', () => {
  it('have their answers', async () => {
    const query = `{ product(id: "${ids.mug}") { questions { edges { node {
      text writtenAs product { name } question { text } answers { edges { node { text helpful } } } } } } } }`;
    const answer = { text: 'A third of a litre.', helpful: 2 };
    const question = { text: 'How much does it hold?' };
    const answers = { edges: [{ node: answer }] };
    const node = { ...question, writtenAs: 'CUSTOMER', product: { name: 'Mug' }, question: null, answers };
    expect(await data(query)).toEqual({ product: { questions: { edges: [{ node }] } } });
    const back = `{ node(id: "${ids.answer}") { ... on Post { product { name } question { text } } } }`;
    expect(await data(back)).toEqual({ node: { product: null, question } });
    expect(await data('{ me { posts { edges { node { text } } } } }', ada)).toEqual({
      me: { posts: { edges: [{ node: question }] } },
    });
  });

  it('are not for others while they are hidden', async () => {
    const [question] = edge.shop.posts;
    edge.shop.posts[0] = { ...question!, about: `hidden-product:${ids.mug}`, hiddenFor };
    const query = `{ node(id: "${ids.question}") { ... on Post { hiddenFor product { name } } } }`;
    expect(await data(query, ada)).toEqual({ node: { hiddenFor, product: { name: 'Mug' } } });
    expect(await data(query, sam)).toEqual({ node: null });
  });
});

describe('cases of moderation', () => {
  const query = (args = ''): string => `{ moderationCases${args} { edges { node {
    id state hiddenFor reports { reason note } contribution { __typename ... on Review { rating } ... on Post { text } } } } } }`;

  it('are for moderators', async () => {
    const reportedAt = '2026-11-02T09:00:00.000Z' as never;
    const report = { reporterId: ids.sam, reason: 'SPAM', note: '', authorId: null, reportedAt } as const;
    const opened = { state: 'OPEN', reports: [report], hiddenFor: null, changedAt: reportedAt } as const;
    edge.shop.moderationCases.push(
      { ...opened, id: ids.review, kind: 'REVIEW' },
      { ...opened, id: ids.question, kind: 'POST' },
      { ...opened, id: 'gone' as PostId, kind: 'POST', state: 'HIDDEN', reports: [], hiddenFor },
    );
    const reports = [{ reason: 'SPAM', note: '' }];
    const common = { state: 'OPEN', hiddenFor: null, reports };
    const review = { ...common, id: ids.review, contribution: { __typename: 'Review', rating: 4 } };
    const text = 'How much does it hold?';
    const post = { ...common, id: ids.question, contribution: { __typename: 'Post', text } };
    expect(await data(query(), staff)).toEqual({
      moderationCases: { edges: [{ node: review }, { node: post }] },
    });
    expect(await data(query('(state: HIDDEN)'), staff)).toMatchObject({
      moderationCases: { edges: [{ node: { hiddenFor, contribution: null } }] },
    });
    expect(await codeOf(query(), sam)).toBe('NOT_PERMITTED');
    expect(await codeOf(query())).toBe('NOT_AUTHENTICATED');
  });
});

import type { AccountId, ReviewId } from '../../domain/kernel';
import {
  ann,
  bob,
  buy,
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import type { Principal } from '../../platform/execution';

const staff: Principal = { kind: 'staff', id: idOf('sue'), roles: ['staff'] };
const asStaff = { as: staff };
const nowhere = idOf('nowhere');

const accountOf = async (bench: OrderBench, name: string, ...roles: ('customer' | 'seller')[]) => {
  const email = `${name}@example.org`;
  const { accountId } = await bench.demand('provisionAccount', { email, name, roles });
  const as: Principal = { kind: 'customer', id: accountId, roles };
  return { id: accountId, as: { as } };
};

/** A shop with a product of the seller Sol, a customer Dee, and a member of the staff. */
const open = async () => {
  const bench = createOrderBench();
  const { mug, near } = await furnish(bench);
  const sol = await accountOf(bench, 'sol', 'customer', 'seller');
  const dee = await accountOf(bench, 'dee', 'customer');
  const { accountId: sueId } = await bench.demand('provisionAccount', {
    ...{ email: 'sue@example.org', name: 'Sue', roles: ['staff'] },
  });
  const sue = { id: sueId, as: { as: { ...staff, id: sueId } } };
  const { productId: pot } = await bench.demand('registerProduct', {
    ...{ sku: 'POT', name: 'Pot', description: '', category: 'c', price: gbp(900), sellerId: sol.id },
  });
  await bench.demand('receiveStock', { warehouseId: near, productId: pot, quantity: 5 });
  return { bench, mug, pot, sol, dee, sue };
};

const last = async (bench: OrderBench): Promise<object> => (await bench.events()).at(-1)!;

describe('questions', () => {
  it('are asked by any account, as often as it likes', async () => {
    const { bench, pot, sol, dee } = await open();
    const ask = { authorId: dee.id, productId: pot, text: 'Does it hold tea?' };
    const first = await bench.demand('askQuestion', ask, dee.as);
    expect(await last(bench)).toMatchObject({
      type: 'PostWritten',
      data: { authorName: 'dee', writtenAs: 'CUSTOMER', topic: { kind: 'product', productId: pot } },
    });
    const second = await bench.demand('askQuestion', ask, dee.as);
    expect(second).not.toEqual(first);
    await bench.demand('askQuestion', { ...ask, authorId: sol.id }, sol.as);
    expect(await last(bench)).toMatchObject({ data: { writtenAs: 'SELLER' } });
    expect(await bench.refusal('askQuestion', { ...ask, productId: nowhere as never }, dee.as)).toEqual({
      code: 'PRODUCT_NOT_FOUND',
      productId: nowhere,
    });
    expect(await bench.refusal('askQuestion', { ...ask, authorId: ann }, { as: customer(ann) })).toEqual({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(await bench.refusal('askQuestion', { ...ask, text: ' ' }, dee.as)).toMatchObject({
      code: 'POST_TEXT_OUT_OF_RANGE',
    });
  });

  it('are answered by the seller, the shop, and those who have paid for the product', async () => {
    const { bench, mug, pot, sol, dee, sue } = await open();
    const ask = { authorId: sol.id, productId: pot, text: 'Who likes it?' };
    const { postId: questionId } = await bench.demand('askQuestion', ask, sol.as);
    const answer = (authorId: AccountId) => ({ authorId, questionId, text: 'I do.' });

    await bench.demand('answerQuestion', answer(sol.id), sol.as);
    expect(await last(bench)).toMatchObject({ data: { writtenAs: 'SELLER' } });
    await bench.demand('answerQuestion', answer(sue.id), sue.as);
    expect(await last(bench)).toMatchObject({ data: { writtenAs: 'SHOP', authorName: 'Sue' } });

    const noPurchase = { code: 'PURCHASE_NOT_FOUND' };
    expect(await bench.refusal('answerQuestion', answer(dee.id), dee.as)).toEqual(noPurchase);
    const unpaid = await buy(bench, [[pot, 1]], { by: dee.id, pay: null });
    const ofOther = await buy(bench, [[pot, 1]], { by: bob });
    const ofMug = await buy(bench, [[mug, 1]], { by: dee.id });
    for (const orderId of [unpaid, ofOther, ofMug, nowhere as never])
      expect(await bench.refusal('answerQuestion', { ...answer(dee.id), orderId }, dee.as)).toEqual(
        noPurchase,
      );
    const orderId = await buy(bench, [[pot, 1]], { by: dee.id });
    const bought = { ...answer(dee.id), orderId };
    const { postId } = await bench.demand('answerQuestion', bought, dee.as);
    expect(await last(bench)).toMatchObject({ data: { writtenAs: 'BUYER' } });
    // Another answer of the same account replaces the first.
    expect(await bench.demand('answerQuestion', { ...bought, text: 'I did.' }, dee.as)).toEqual({ postId });
    expect(await last(bench)).toMatchObject({ type: 'PostEdited', data: { text: 'I did.' } });

    const noQuestion = { code: 'POST_NOT_FOUND', postId };
    const toAnswer = { ...answer(sol.id), questionId: postId };
    expect(await bench.refusal('answerQuestion', toAnswer, sol.as)).toEqual(noQuestion);
  });

  it('are withdrawn by their author, and answers of the shop by its staff', async () => {
    const { bench, mug, sol, dee, sue } = await open();
    const ask = { authorId: dee.id, productId: mug, text: 'Does it hold tea?' };
    const { postId } = await bench.demand('askQuestion', ask, dee.as);
    const answered = await bench.demand(
      'answerQuestion',
      { authorId: sue.id, questionId: postId, text: 'Yes.' },
      sue.as,
    );
    const notFound = { code: 'POST_NOT_FOUND' };
    expect(await bench.refusal('withdrawPost', { postId, authorId: sol.id }, sol.as)).toMatchObject(notFound);
    expect(await bench.refusal('withdrawPost', { postId, authorId: sue.id }, sue.as)).toMatchObject(notFound);
    const other = { ...answered, authorId: staff.id as AccountId };
    await bench.demand('withdrawPost', other, asStaff);
    await bench.demand('withdrawPost', { postId, authorId: dee.id }, dee.as);
    const late = { authorId: sue.id, questionId: postId, text: 'Yes.' };
    expect(await bench.refusal('answerQuestion', late, sue.as)).toMatchObject(notFound);
  });
});

/** Dee's review of the pot. */
const reviewed = async () => {
  const shop = await open();
  const { bench, pot, dee } = shop;
  const subject = { kind: 'product', productId: pot } as const;
  const input = { authorId: dee.id, subject, rating: 4, text: 'Holds tea.' };
  const { reviewId } = await bench.demand('writeReview', input, dee.as);
  return { ...shop, reviewId, on: { kind: 'review', reviewId } as const };
};

describe('an answer to a review', () => {
  it('is one, by the seller or the shop', async () => {
    const { bench, sol, sue, dee, reviewId } = await reviewed();
    const answer = (authorId: AccountId, text: string) => ({ authorId, reviewId, text });
    await bench.demand('answerReview', answer(sol.id, 'Thank you.'), sol.as);
    expect(await last(bench)).toMatchObject({ type: 'PostWritten', data: { writtenAs: 'SELLER' } });
    await bench.demand('answerReview', answer(sue.id, 'We thank you.'), sue.as);
    expect(await last(bench)).toMatchObject({
      type: 'PostEdited',
      data: { authorName: 'Sue', writtenAs: 'SHOP' },
    });
    // The same words of the seller are the seller's.
    await bench.demand('answerReview', answer(sol.id, 'We thank you.'), sol.as);
    expect(await last(bench)).toMatchObject({
      type: 'PostEdited',
      data: { authorName: 'sol', writtenAs: 'SELLER' },
    });

    const otherSeller = await accountOf(bench, 'eve', 'seller');
    const refused = { code: 'NOT_PERMITTED' };
    for (const { id, as } of [dee, otherSeller])
      await expect(bench.send('answerReview', answer(id, 'No.'), as)).rejects.toMatchObject(refused);
    const unknown = { ...answer(sol.id, 'Thank you.'), reviewId: nowhere as ReviewId };
    expect(await bench.refusal('answerReview', unknown, sol.as)).toMatchObject({ code: 'REVIEW_NOT_FOUND' });
  });

  it('to one of a seller is by that seller', async () => {
    const { bench, sol, dee } = await open();
    const subject = { kind: 'seller', sellerId: sol.id } as const;
    const input = { authorId: dee.id, subject, rating: 1, text: '' };
    const { reviewId } = await bench.demand('writeReview', input, dee.as);
    await bench.demand('answerReview', { authorId: sol.id, reviewId, text: 'Sorry.' }, sol.as);
    expect(await last(bench)).toMatchObject({ data: { writtenAs: 'SELLER' } });
  });
});

describe('a seller', () => {
  it.each(['loses the role', 'is disabled'])('that %s does not write as one', async (how) => {
    const { bench, pot, sol, sue, dee, reviewId } = await reviewed();
    const question = { authorId: dee.id, productId: pot, text: 'Does it hold tea?' };
    const { postId: questionId } = await bench.demand('askQuestion', question, dee.as);
    if (how === 'is disabled') {
      const application = { accountId: sol.id, shopName: 'Pots', reason: 'Pots.' };
      await bench.demand('applyAsMerchant', application, sol.as);
      await bench.demand('approveMerchant', { accountId: sol.id }, sue.as);
      await bench.demand('disableMerchant', { accountId: sol.id, reason: 'fakes' }, sue.as);
      // Another role that permits to sell stays.
      await bench.demand('grantRole', { accountId: sol.id, role: 'seller' });
    } else await bench.demand('revokeRole', { accountId: sol.id, role: 'seller' });
    const answer = { authorId: sol.id, text: 'Buy at evil.example.' };
    expect(await bench.refusal('answerQuestion', { ...answer, questionId }, sol.as)).toEqual({
      code: 'PURCHASE_NOT_FOUND',
    });
    await expect(bench.send('answerReview', { ...answer, reviewId }, sol.as)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await bench.demand('askQuestion', { ...answer, productId: pot }, sol.as);
    expect(await last(bench)).toMatchObject({ data: { writtenAs: 'CUSTOMER' } });
  });
});

describe('what is hidden', () => {
  it('is neither answered nor reported', async () => {
    const { bench, pot, sol, sue, dee, reviewId, on } = await reviewed();
    const question = { authorId: dee.id, productId: pot, text: 'Does it hold tea?' };
    const { postId } = await bench.demand('askQuestion', question, dee.as);
    for (const hidden of [on, { kind: 'post', postId } as const]) {
      await bench.demand('hideContribution', { moderatorId: sue.id, on: hidden, reason: 'spam' }, sue.as);
      const report = { reporterId: sol.id, on: hidden, reason: 'SPAM' } as const;
      expect(await bench.refusal('reportContribution', report, sol.as)).toEqual(
        hidden.kind === 'post' ? { code: 'POST_NOT_FOUND', postId } : { code: 'REVIEW_NOT_FOUND', reviewId },
      );
    }
    const answer = { authorId: sol.id, text: 'Yes.' };
    expect(await bench.refusal('answerQuestion', { ...answer, questionId: postId }, sol.as)).toMatchObject({
      code: 'POST_NOT_FOUND',
    });
    expect(await bench.refusal('answerReview', { ...answer, reviewId }, sol.as)).toMatchObject({
      code: 'REVIEW_NOT_FOUND',
    });
  });
});

describe('helpful votes', () => {
  it('are one of each account on what others have written, and can be taken back', async () => {
    const { bench, sol, dee, on } = await reviewed();
    const vote = { voterId: sol.id, on };
    await bench.demand('voteHelpful', vote, sol.as);
    await bench.demand('voteHelpful', vote, sol.as);
    expect(await bench.count('HelpfulVoteCast')).toBe(1);
    await bench.demand('retractHelpfulVote', vote, sol.as);
    await bench.demand('retractHelpfulVote', vote, sol.as);
    expect(await bench.count('HelpfulVoteRetracted')).toBe(1);
    await bench.demand('voteHelpful', vote, sol.as);
    expect(await bench.count('HelpfulVoteCast')).toBe(2);
    expect(await bench.refusal('voteHelpful', { voterId: dee.id, on }, dee.as)).toEqual({
      code: 'OWN_CONTRIBUTION',
    });
  });

  it('are not for what is not shown', async () => {
    const { bench, sol, sue, on } = await reviewed();
    await bench.demand('hideContribution', { moderatorId: sue.id, on, reason: 'spam' }, sue.as);
    const nothing = { kind: 'post', postId: nowhere as never } as const;
    for (const hidden of [on, nothing])
      expect(await bench.refusal('voteHelpful', { voterId: sol.id, on: hidden }, sol.as)).toEqual({
        code: 'CONTRIBUTION_NOT_FOUND',
      });
  });
});

describe('moderation', () => {
  it('goes from a report to hiding and back, for moderators only', async () => {
    const { bench, sol, dee, sue, on } = await reviewed();
    const report = { reporterId: sol.id, on, reason: 'SPAM' } as const;
    await bench.demand('reportContribution', report, sol.as);
    expect(await last(bench)).toMatchObject({ type: 'ReviewReported', data: { reason: 'SPAM', note: '' } });
    const own = { ...report, reporterId: dee.id };
    expect(await bench.refusal('reportContribution', own, dee.as)).toEqual({ code: 'OWN_CONTRIBUTION' });

    const hide = { moderatorId: sue.id, on, reason: 'It is advertising.' };
    await expect(bench.send('hideContribution', hide, sol.as)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await bench.demand('dismissReports', { moderatorId: sue.id, on }, sue.as);
    await bench.demand('hideContribution', hide, sue.as);
    expect(await last(bench)).toMatchObject({
      type: 'ReviewHidden',
      data: { rating: 4, moderatorId: sue.id },
    });
    expect(await bench.refusal('hideContribution', { ...hide, reason: 'Another.' }, sue.as)).toEqual({
      code: 'ALREADY_HIDDEN',
      hiddenFor: 'It is advertising.',
    });
    await bench.demand('restoreContribution', { moderatorId: sue.id, on }, sue.as);
    expect(await last(bench)).toMatchObject({ type: 'ReviewRestored' });
  });

  it('is the same for questions and answers', async () => {
    const { bench, mug, sol, dee, sue } = await open();
    const ask = { authorId: dee.id, productId: mug, text: 'Buy at www.' };
    const { postId } = await bench.demand('askQuestion', ask, dee.as);
    const on = { kind: 'post', postId } as const;
    const note = 'The same text everywhere.';
    await bench.demand('reportContribution', { reporterId: sol.id, on, reason: 'SPAM', note }, sol.as);
    await bench.demand('hideContribution', { moderatorId: sue.id, on, reason: 'spam' }, sue.as);
    await bench.demand('restoreContribution', { moderatorId: sue.id, on }, sue.as);
    const types = (await bench.events()).map(({ type }) => type).filter((type) => type.startsWith('Post'));
    expect(types).toEqual(['PostWritten', 'PostReported', 'PostHidden', 'PostRestored']);
    const unknown = { kind: 'post', postId: nowhere as never } as const;
    expect(await bench.refusal('dismissReports', { moderatorId: sue.id, on: unknown }, sue.as)).toEqual({
      code: 'POST_NOT_FOUND',
      postId: nowhere,
    });
  });
});

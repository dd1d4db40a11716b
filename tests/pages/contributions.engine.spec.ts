import { Shopper } from '../support/graphql/shopper';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

const PASSWORD = 'correct horse battery';

describePages('reviews, questions and their moderation in a browser', (pages) => {
  let visitor: Visitor;
  let staff: Shopper;
  let productId: string;

  beforeAll(async () => {
    staff = await pages().staff();
    const ada = await Shopper.signUp(pages().waybill.url, 'ada@example.com');
    type Products = { edges: { node: { id: string } }[] };
    const { edges } = await staff.ask<Products>('{ products(first: 2) { edges { node { id } } } }');
    productId = edges[0]!.node.id;
    const write = 'mutation ($input: WriteReviewInput!) { writeReview(input: $input) { __typename } }';
    await ada.ask(write, { input: { productId, rating: 2, text: 'Buy at www.' } });
    const bob = await Shopper.signUp(pages().waybill.url, 'bob@example.com', { name: 'Bob' });
    await bob.send('writeReview', {
      productId: edges[1]!.node.id,
      rating: 4,
      text: 'Holds tea, and is warm for an hour.',
    });
    const { post } = await bob.send<{ post: { id: string } }>(
      'askQuestion',
      { productId: edges[1]!.node.id, text: 'Is it the one that fell into the harbour?' },
      'post { id }',
    );
    await ada.send('reportContribution', { postId: post.id, reason: 'UNTRUE', note: 'It never fell.' });
    visitor = await pages().enter();
    await visitor.signUp('Grace Hopper');
  }, 60_000);

  it('let a shopper filter by stars, vote, take the vote back, report and ask', async () => {
    const { page } = visitor;
    await visitor.open(`/products/${productId}`);
    const review = page.locator('article', { hasText: 'Buy at www.' });
    await review.getByRole('button', { name: 'Helpful (0)' }).click();
    await review.getByRole('button', { name: 'Helpful, with your vote (1)' }).click();
    await review.getByRole('button', { name: 'Helpful (0)' }).waitFor();

    await page.getByLabel('Show').selectOption('5');
    await page.getByText('No review has so many stars.').waitFor();
    await page.getByLabel('Show').selectOption('2');
    await review.locator('summary', { hasText: 'Report' }).click();
    await review.getByLabel('A note to the moderators').fill('The same text everywhere.');
    await review.getByRole('button', { name: 'Send the report' }).click();
    await page.getByText('Thank you. The moderators will look at it.').waitFor();

    await page.locator('summary', { hasText: 'Ask a question' }).click();
    await page.getByLabel('Your question').fill('Does it hold tea?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('article', { hasText: 'Does it hold tea?' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
  });

  it('let staff answer and hide, and the author see the reason', async () => {
    const desk = await pages().enterAsAdministrator();
    const { page } = desk;
    await desk.open(`/admin/products/${productId}`);
    const question = page.locator('article', { hasText: 'Does it hold tea?' });
    await question.getByRole('button', { name: 'Answer', exact: true }).click();
    await question.getByLabel('Your answer').fill('It does.');
    await question.getByRole('button', { name: 'Publish the answer' }).click();
    await page.locator('em', { hasText: 'the shop' }).waitFor();

    await desk.open('/admin/moderation');
    const row = page.getByRole('row', { name: 'Buy at www.' });
    await row.getByText('The same text everywhere.').waitFor();
    await desk.expectMannered('staff-moderation');
    const other = page.getByRole('row', { name: 'fell into the harbour' });
    await other.getByRole('button', { name: 'Dismiss the reports' }).click();
    await other.waitFor({ state: 'detached' });
    const hide = async (): Promise<void> => {
      await row.getByLabel('Reason, for its author').fill('It is advertising.');
      await row.getByRole('button', { name: 'Hide' }).click();
      await page.getByText('Nothing is reported.').waitFor();
    };
    await hide();
    const undo = page.getByRole('button', { name: 'Undo' });
    await page.getByText('The words of Ada are hidden.').waitFor();
    await undo.click();
    await page.getByText('It is undone.').waitFor();
    // It is shown again, and its reports are done with: hidden once more from the list of what is hidden.
    await desk.open(`/products/${productId}`);
    await page.locator('article', { hasText: 'Buy at www.' }).waitFor();
    await visitor.open(`/products/${productId}`);
    await visitor.page.locator('summary', { hasText: 'Report' }).first().click();
    await visitor.page.getByRole('button', { name: 'Send the report' }).first().click();
    await visitor.page.getByText('Thank you. The moderators will look at it.').waitFor();
    await desk.open('/admin/moderation');
    await hide();
    await page.getByLabel('State').selectOption('HIDDEN');
    await row.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('The words of Ada are shown again.').waitFor();
    await undo.click();
    await row.getByText('It is advertising.').waitFor();

    await visitor.open(`/products/${productId}`);
    await visitor.page.getByText('No reviews yet.').waitFor();
    const author = await pages().enter();
    await author.logIn('ada@example.com', PASSWORD);
    await author.open('/account');
    await author.page.getByText('Hidden by the moderators: It is advertising.').waitFor();
  });
});

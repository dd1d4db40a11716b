import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

describePages('promotions in the shop', (pages) => {
  let visitor: Visitor;

  const create = async (input: object): Promise<void> => {
    const staff = await pages().staff();
    const mutation = `mutation ($input: CreatePromotionInput!) {
      createPromotion(input: $input) { __typename ... on UserError { code message } }
    }`;
    await staff.ask(mutation, { input });
  };

  beforeAll(async () => {
    await create({ name: 'Harbour week', percent: 10 });
    await create({ name: 'Welcome', coupon: 'WELCOME', amount: { amountMinor: 500, currency: 'GBP' } });
    visitor = await pages().enter();
    await visitor.signUp('Grace Hopper');
    await visitor.addToCart('Harbour lamp');
  });

  it('show in the cart what they take off, and why a code does not apply', async () => {
    const { page } = visitor;
    await visitor.open('/cart');
    await page.getByText('Harbour week: −£3.45').waitFor();
    await page.getByText('Total: £31.05').waitFor();
    await page.getByLabel('Code of a coupon').fill('NO-SUCH-CODE');
    await page.getByRole('button', { name: 'Use the coupon' }).click();
    await page.getByText('There is no promotion with this code.').waitFor();
    await page.getByLabel('Code of a coupon').fill('welcome');
    await page.getByRole('button', { name: 'Use the coupon' }).click();
    await page.getByText('Welcome: −£5.00').waitFor();
    await page.getByText('Total: £26.05').waitFor();
    await visitor.expectMannered('cart-coupon');
    await page.getByRole('button', { name: 'Remove the coupon' }).click();
    await page.getByText('Total: £31.05').waitFor();
    await page.getByLabel('Code of a coupon').fill('WELCOME');
    await page.getByRole('button', { name: 'Use the coupon' }).click();
    await page.getByText('Total: £26.05').waitFor();
  });

  it('are charged as the button says, and shown with the order', async () => {
    const { page } = visitor;
    await visitor.open('/checkout');
    await page.getByRole('application').click();
    await page.getByRole('button', { name: 'Place the order for £26.05' }).click();
    await page.waitForURL(/\/orders\//);
    await page.getByText('Welcome: −£5.00').waitFor();
    await page.getByText('Harbour week: −£3.45').waitFor();
    await page.locator('dd', { hasText: '£26.05' }).first().waitFor();
  });

  it('hold as long as the price that was shown, and are not lost unseen afterwards', async () => {
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('link', { name: 'Harbour lamp' }).click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('In your cart.').waitFor();
    await visitor.open('/checkout');
    await page.clock.install();
    await page.getByRole('application').click();
    await page.getByText('This price holds until').waitFor();
    await page.getByRole('button', { name: 'Place the order for £31.05' }).waitFor();
    const staff = await pages().staff();
    type Promotions = { edges: { node: { id: string; name: string } }[] };
    const { edges } = await staff.ask<Promotions>('{ promotions { edges { node { id name } } } }');
    const promotionId = edges.find(({ node }) => node.name === 'Harbour week')?.node.id;
    await staff.ask(
      'mutation ($input: StopPromotionInput!) { stopPromotion(input: $input) { __typename ... on UserError { code message } } }',
      { input: { promotionId } },
    );
    await page.clock.fastForward('16:00');
    await page.getByText('Changed since the price that you saw: promotions.').waitFor();
    await page.getByText('Changed since').scrollIntoViewIfNeeded();
    await visitor.expectMannered('checkout-price-changed');
    await page.getByRole('button', { name: 'Place the order for £34.50' }).click();
    await page.waitForURL(/\/orders\//);
  });
});

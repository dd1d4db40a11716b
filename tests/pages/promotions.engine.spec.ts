import type { Shopper } from '../support/graphql/shopper';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';

type Promotions = { readonly edges: readonly { readonly node: object }[] };

describePages('the page of promotions', (pages) => {
  let staff: Shopper;
  let visitor: Visitor;
  let product: string;

  beforeAll(async () => {
    staff = await pages().staff();
    [product] = (await staff.productsOnHand(1)) as [string];
    visitor = await pages().enterAsAdministrator();
  }, 30_000);

  const open = async (): Promise<void> => {
    await visitor.open('/admin');
    await visitor.page.getByRole('link', { name: 'Promotions' }).click();
    await visitor.page.getByText('Create a promotion').click();
  };

  const fill = async (typed: Readonly<Record<string, string>>): Promise<void> => {
    for (const [label, text] of Object.entries(typed))
      await visitor.page.getByLabel(label, { exact: true }).fill(text);
    await visitor.page.getByRole('button', { name: 'Create the promotion' }).click();
  };

  /** Waits until a field shows what is wrong with it. */
  const refused = (label: string, why: string): Promise<void> =>
    visitor.page
      .locator('.field', { has: visitor.page.getByLabel(label, { exact: true }) })
      .getByRole('alert')
      .filter({ hasText: why })
      .waitFor();

  it('shows what is wrong at the field, and creates a coupon', async () => {
    const { page } = visitor;
    await open();
    await page.getByText('There is no promotion yet.').waitFor();
    await fill({ Name: 'Spring sale', Code: 'a!' });
    await refused('Code', 'A code has 3 to 40 letters');
    await fill({ Code: 'spring' });
    await refused('Percentage', 'either a percentage');
    await fill({ Percentage: '10', Minimum: '20' });
    await refused('Currency of the amounts', 'three capital letters');
    await fill({ 'Currency of the amounts': 'GBP', Minimum: '20.123' });
    await refused('Minimum', 'Type an amount');
    await fill({ Minimum: '20', 'IDs of products': 'mug' });
    await refused('IDs of products', 'mug is not the ID');
    await fill({ 'IDs of products': product, From: '2026-03-02T00:00', Until: '2026-03-01T00:00' });
    await refused('Until', 'The end is not after the start');
    await fill({
      ...{ 'Highest discount of the percentage': '5.50', Categories: 'Kitchen, Office' },
      ...{ Until: '2999-03-01T00:00', 'Orders in all': '100', 'Orders of one customer': '1' },
    });
    await page.getByText('Spring sale is created.').waitFor();
    await page
      .getByRole('row', {
        name: /Spring sale SPRING 10 %, at most £5\.50, from £20\.00 on Kitchen, Office.* 0 of 100; 1 for each customer Active/,
      })
      .waitFor();
    const query =
      '{ promotions { edges { node { coupon productIds categories startsAt endsAt minimum { amountMinor } } } } }';
    const { edges } = await staff.ask<Promotions>(query);
    const dayIn = (year: number, day: number): string => new Date(year, 2, day).toISOString();
    expect(edges.map(({ node }) => node)).toEqual([
      {
        ...{ coupon: 'SPRING', productIds: [product], categories: ['Kitchen', 'Office'] },
        ...{ startsAt: dayIn(2026, 2), endsAt: dayIn(2999, 1), minimum: { amountMinor: 2_000 } },
      },
    ]);
  });

  it('creates an automatic promotion of an amount, and no second one with the code of another', async () => {
    const { page } = visitor;
    await open();
    await fill({ Name: 'Copy', Code: 'SPRING', Amount: '3', 'Currency of the amounts': 'GBP' });
    await refused('Code', 'Another promotion has this code');
    await fill({ Name: 'Three pounds off', Code: '' });
    await page
      .getByRole('row', { name: /^Three pounds off Automatic £3\.00 All Always No limit Active/ })
      .waitFor();
  });

  it('stops a promotion after a confirmation', async () => {
    const { page } = visitor;
    await visitor.open('/admin/promotions');
    await page.getByText('Stop Spring sale', { exact: true }).click();
    await page.getByRole('button', { name: 'Stop Spring sale for good' }).click();
    await page.getByRole('row', { name: /^Spring sale SPRING .* Stopped$/ }).waitFor();
    await visitor.expectMannered('staff-promotions');
    await page.getByText('Create a promotion').click();
    expect(await visitor.violations()).toEqual([]);
    expect(await page.getByText('Stop Spring sale').count()).toBe(0);
  });
});

import { randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/kernel';
import { orderDetails, type OrderDetails } from '../../projections/order-details';
import { describePages } from '../support/browser/describe-pages';

const MORE_ORDERS = 10_000;
const BATCH = 1_000;
const ANSWER_BYTES_MAX = 32 * 1024;
const PAGES_TURNED = 12;

const countElements = 'document.querySelectorAll("*").length';

describePages('a list of 10,000 orders', (pages) => {
  /** Makes a copy of an order's document for each further order. */
  const fill = async (): Promise<void> => {
    const staff = await pages().staff();
    const [product = ''] = await staff.productsOnHand(1);
    await staff.addToCart(product, 1);
    const orderId = await staff.place({ x: 3, y: 9 });
    const { readModels } = pages().waybill.engines;
    const { collection } = orderDetails;
    const { document, lastPosition: position } = (await readModels.get<OrderDetails>(collection, orderId))!;
    for (let from = 0; from < MORE_ORDERS; from += BATCH) {
      const upserts = Array.from({ length: BATCH }, (_, at) => {
        const soldAt = new Date(Date.parse('2020-01-01') + (from + at) * 60_000).toISOString() as Instant;
        const copy = {
          ...document,
          id: randomUUID() as typeof document.id,
          number: 500_000 + from + at,
          soldAt,
        };
        return { document: copy, position };
      });
      await readModels.write({ collection, upserts, deletes: [], position, replaces: true });
    }
  };

  it('is shown a page at a time: each takes as many bytes and elements as the first', async () => {
    await fill();
    const visitor = await pages().enterAsAdministrator();
    const { page } = visitor;
    let largest = 0;
    page.on('requestfinished', (request) => {
      if (!request.url().endsWith('/graphql')) return;
      // A request of a page that was left has no size.
      void request.sizes().then(
        ({ responseBodySize }) => (largest = Math.max(largest, responseBodySize)),
        () => undefined,
      );
    });
    const rows = page.locator('tbody tr');
    await visitor.open('/admin');
    await page.getByText('10,000+').waitFor();
    expect(await rows.count()).toBe(20);
    const elements = await page.evaluate<number>(countElements);
    for (let turned = 1; turned <= PAGES_TURNED; turned += 1) {
      const last = await rows.last().textContent();
      await page.getByRole('button', { name: 'Next page' }).click();
      await rows
        .last()
        .filter({ hasNotText: last ?? '' })
        .waitFor();
      await visitor.settled();
      expect(await rows.count()).toBe(20);
    }
    // The second page has a way back, which the first has not.
    expect(await page.evaluate<number>(countElements)).toBeLessThan(elements + 10);
    expect(largest).toBeGreaterThan(1_000);
    expect(largest).toBeLessThan(ANSWER_BYTES_MAX);
    await page.goBack();
    await page.getByRole('button', { name: 'Next page' }).waitFor();
    expect(await rows.count()).toBe(20);
    await page.getByLabel('Status').selectOption('CANCELLED');
    await page.getByText('No order fits.').waitFor();
  });
});

import { instantOf, type Instant } from '../../../domain/kernel';
import { gbp } from '../../../tests/support/domain/order-vocabulary';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

const DAY_MS = 24 * 3_600_000;

it('shows a reduction for 30 days, to everyone', async () => {
  const clock = createVirtualClock();
  const edge = startEdge({ clock });
  const [mug] = edge.shop.products;
  if (!mug) throw new Error('There is a mug');
  const now = Date.parse(clock.now());
  const reduced = (days: number) => {
    const since = instantOf(now - days * DAY_MS);
    edge.shop.products[0] = {
      ...mug,
      reduction: { previousPrice: gbp(1_500), lowestPrice: gbp(900), since },
    };
  };
  const shown = () =>
    edge.ask(
      `{ product(id: "${ids.mug}") { reduction { since previousPrice { formatted } lowestPrice { formatted } } } }`,
    );
  expect((await shown()).data).toEqual({ product: { reduction: null } });
  reduced(29);
  expect((await shown()).data).toEqual({
    product: {
      reduction: {
        since: instantOf(now - 29 * DAY_MS),
        previousPrice: { formatted: '£15.00' },
        lowestPrice: { formatted: '£9.00' },
      },
    },
  });
  reduced(30);
  expect((await shown()).data).toEqual({ product: { reduction: null } });
  await edge.app.close();
});

it('shows the price history to the seller of the product and to staff', async () => {
  const edge = startEdge();
  const since = '2026-01-31T08:00:00.000Z' as Instant;
  edge.shop.priceHistory.push({
    ...{ id: '00000000-0000-4000-8000-000000000001', productId: ids.mug },
    ...{ price: gbp(1_300), previous: null, since },
  });
  const ask = (as?: string) =>
    edge.ask(
      `{ product(id: "${ids.mug}") { priceHistory { edges { node { since price { formatted } previous { formatted } } } } } }`,
      as === undefined ? {} : { as },
    );
  const codeFor = async (as?: string) => (await ask(as)).errors?.[0]?.extensions.code;
  const [seller, other, customer, staff] = await Promise.all([
    edge.tokenOf(ids.sam, 'seller'),
    edge.tokenOf(ids.eve, 'seller'),
    edge.tokenOf(ids.ada, 'customer'),
    edge.tokenOf(ids.eve, 'staff'),
  ]);
  for (const as of [seller, staff])
    expect((await ask(as)).data).toEqual({
      product: {
        priceHistory: { edges: [{ node: { since, price: { formatted: '£13.00' }, previous: null } }] },
      },
    });
  expect(await codeFor()).toBe('NOT_AUTHENTICATED');
  for (const as of [other, customer]) expect(await codeFor(as)).toBe('NOT_PERMITTED');
  await edge.app.close();
});

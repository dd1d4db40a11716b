import type { Instant } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { fakeReaders, ids, shopDocuments, startEdge } from '../../../tests/support/graphql/edge';
import { listingOf } from '../../../tests/support/graphql/listing-of';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import type { SellerPayout } from '../../../projections/seller-payouts';

const payout = (month: string): SellerPayout => ({
  ...{ id: `${ids.sam}:${month}`, sellerId: ids.sam, month, orders: 2, refunds: 1 },
  amounts: [{ currency: 'GBP' as CurrencyCode, sold: 2_600, discounts: 100, refunded: 3_000 }],
});

const start = () => {
  const readers = {
    ...fakeReaders(shopDocuments(), []),
    sellerPayouts: {
      ofSeller: (sellerId: string) =>
        listingOf(sellerId === ids.sam ? [payout('2026-02'), payout('2026-01')] : [], () => undefined),
    },
  };
  // A token must not be over when it is read.
  return startEdge({ readers, clock: createVirtualClock('2026-02-03T00:00:00.000Z' as Instant) });
};

const fields =
  'edges { node { month isOver orders refunds amounts { sold { amountMinor } due { formatted } } } }';

describe('payout statements', () => {
  it('are for the seller, with the sum that is due, which may be below 0', async () => {
    const edge = start();
    const { data } = await edge.ask(`{ ownPayouts { ${fields} } }`, {
      as: await edge.tokenOf(ids.sam, 'customer', 'seller'),
    });
    const node = {
      orders: 2,
      refunds: 1,
      amounts: [{ sold: { amountMinor: 2_600 }, due: { formatted: '-£5.00' } }],
    };
    expect(data).toEqual({
      ownPayouts: {
        edges: [
          { node: { ...node, month: '2026-02', isOver: false } },
          { node: { ...node, month: '2026-01', isOver: true } },
        ],
      },
    });
    await edge.app.close();
  });

  it('of others are for those with the permission alone', async () => {
    const edge = start();
    const query = `{ sellerPayouts(sellerId: "${ids.sam}") { ${fields} } }`;
    const refused = await edge.ask(query, { as: await edge.tokenOf(ids.eve, 'customer', 'seller') });
    expect(refused.errors?.[0]?.message).toContain('payout:read');
    const { data } = await edge.ask(query, { as: await edge.tokenOf(ids.eve, 'staff') });
    expect(data).toMatchObject({ sellerPayouts: { edges: [{}, {}] } });
    await edge.app.close();
  });
});

import { apple, carry, worldSetup } from '../../tests/support/world/world-setup';

const setup = worldSetup();

describe('a World that loses messages in both directions', () => {
  it.each([
    [0, 8],
    [50, 8],
    [90, 3],
  ])(
    'at %i in a hundred still packs, loads and delivers each shipment once',
    async (flakiness, shipments) => {
      const { counters } = (await setup.start({ faults: { flakiness }, timing: { resendMs: 20 } })).stats();
      expect(counters.received).toBe(0);
      const [shop, carrier] = [setup.amazon({ resendMs: 10 }), setup.ups({ resendMs: 10 })];
      const { worldid } = await setup.parties(shop, carrier);
      shop.send('buy', { whnum: 1, things: [apple] });
      await shop.first('arrived');
      const shipids = Array.from({ length: shipments }, (_, index) => 100n + BigInt(index));
      for (const shipid of shipids) await carry(shop, carrier, shipid);

      const idsOf = (elements: readonly { readonly shipid: bigint }[]) =>
        elements.map(({ shipid }) => shipid);
      expect(idsOf(shop.all('ready'))).toEqual(shipids);
      expect(idsOf(shop.all('loaded'))).toEqual(shipids);
      expect(carrier.all('delivered').map(({ packageid }) => packageid)).toEqual(shipids);
      expect([...shop.all('error'), ...carrier.all('error')]).toEqual([]);
      expect(setup.started().view(worldid)?.stock).toMatchObject([{ count: 10 - shipments }]);
      const after = setup.started().stats().counters;
      expect(after.acted).toBe(1 + 4 * shipments);
      if (flakiness > 0)
        expect(Math.min(after.lostIncoming, after.lostOutgoing, after.resent)).toBeGreaterThan(0);
    },
    60_000,
  );

  it('and doubles, shuffles, delays and breaks connections as well, does so too', async () => {
    await setup.start({ timing: { resendMs: 20 } });
    const [shop, carrier] = [setup.amazon({ resendMs: 10 }), setup.ups({ resendMs: 10 })];
    const { worldid } = await setup.parties(shop, carrier);
    const simulator = setup.started();
    simulator.setFaults({ flakiness: 20, duplicate: 30, reorder: 30, delayMsMax: 5, disconnect: 5 });
    const again = setInterval(() => {
      if (!shop.isOpen) {
        void shop
          .connect(simulator.amazonAddress.port, { worldid, initwh: [], isAmazon: true })
          .catch(() => 0);
      }
      if (!carrier.isOpen) {
        void carrier
          .connect(simulator.upsAddress.port, { worldid, trucks: [], isAmazon: false })
          .catch(() => 0);
      }
    }, 20);
    shop.send('buy', { whnum: 1, things: [{ ...apple, count: 100 }] });
    await shop.first('arrived');
    // Chance breaks the connections: one parcel follows another until it has, or the stock is gone.
    let carried = 0;
    const hasBroken = () => simulator.stats().counters.connections > 2;
    for (; carried < 5 || (carried < 100 && !hasBroken()); carried += 1)
      await carry(shop, carrier, 100n + BigInt(carried));
    clearInterval(again);
    expect(simulator.view(worldid)?.stock).toMatchObject([{ count: 100 - carried }]);
    expect(carrier.all('delivered')).toHaveLength(carried);
    expect([...shop.all('error'), ...carrier.all('error')]).toEqual([]);
    const { connections, repeated } = simulator.stats().counters;
    expect(connections).toBeGreaterThan(2);
    expect(repeated).toBeGreaterThan(0);
  }, 60_000);
});

import { Desk, type Effects, type Truck } from './desk';
import type { Notice, WorldNews } from './words';

const truck = (id: number): Truck => ({ id, stage: 'idle', warehouse: null, since: 0 });
const created = (shipment: number, warehouse = 1): Notice => ({
  kind: 'created',
  shipment,
  warehouse,
  destination: { x: shipment, y: 0 },
  packed: false,
});
const loaded = (shipment: number): Notice => ({ kind: 'loaded', shipment });

/** A desk that remembers what is done, as the memory does. */
const deskWith = (trucks: number) => {
  const done = new Map<number, 'delivered' | 'cancelled'>();
  const desk = new Desk(
    [],
    Array.from({ length: trucks }, (_, index) => truck(index + 1)),
    (shipment) => done.get(shipment),
  );
  const remember = (effects: Effects): Effects => {
    for (const { number, stage } of effects.parcels.values()) {
      if (stage === 'delivered' || stage === 'cancelled') done.set(number, stage);
    }
    return effects;
  };
  return {
    desk,
    notice: (notice: Notice, now = 0) => remember(desk.notice(notice, now)),
    news: (news: WorldNews, now = 0) => remember(desk.news(news, now)),
    tick: (now: number) => remember(desk.tick(now)),
  };
};
const kinds = ({ reports, orders }: Effects): string[] => [...reports, ...orders].map(({ kind }) => kind);

describe('the desk of a carrier', () => {
  it('moves a shipment from the notice to the delivery', () => {
    const { notice, news, desk } = deskWith(1);
    expect(notice(created(7))).toMatchObject({
      reports: [
        { kind: 'tracking-assigned', shipment: 7, trackingNumber: 'WB0000000007' },
        { kind: 'truck-dispatched', shipment: 7, truck: 1 },
      ],
      orders: [{ kind: 'pick-up', truck: 1, warehouse: 1 }],
    });
    expect(news({ kind: 'arrived', truck: 1 }).reports).toEqual([
      { kind: 'truck-arrived', shipment: 7, truck: 1, warehouse: 1 },
    ]);
    expect(notice(loaded(7))).toMatchObject({
      reports: [{ kind: 'delivery-started', shipment: 7 }],
      orders: [{ kind: 'deliver', truck: 1, parcels: [{ shipment: 7, destination: { x: 7, y: 0 } }] }],
    });
    expect(news({ kind: 'delivered', truck: 1, shipment: 7 }).reports).toEqual([
      { kind: 'delivered', shipment: 7 },
    ]);
    news({ kind: 'idle', truck: 1 });
    expect(desk.trucks.get(1)!.stage).toBe('idle');
    expect(desk.parcels.size).toBe(0);
  });

  it('ignores a repeat, even after the end', () => {
    const { notice, news } = deskWith(1);
    const story: (() => Effects)[] = [
      () => notice(created(7)),
      () => notice({ kind: 'packed', shipment: 7 }),
      () => news({ kind: 'arrived', truck: 1 }),
      () => notice(loaded(7)),
      () => news({ kind: 'delivered', truck: 1, shipment: 7 }),
      () => news({ kind: 'idle', truck: 1 }),
    ];
    story.forEach((tell) => tell());
    story.forEach((tell) => expect(kinds(tell())).toEqual([]));
  });

  it('sends one truck for parcels of one warehouse, and it leaves with all of them', () => {
    const { notice, news } = deskWith(2);
    notice(created(1));
    expect(kinds(notice(created(2)))).toEqual(['tracking-assigned', 'truck-dispatched']);
    news({ kind: 'arrived', truck: 1 });
    expect(kinds(notice(created(3)))).toEqual(['tracking-assigned', 'truck-dispatched', 'truck-arrived']);
    expect(kinds(notice(loaded(1)))).toEqual([]);
    expect(kinds(notice(loaded(2)))).toEqual([]);
    expect(notice(loaded(3)).orders).toMatchObject([
      { parcels: [{ shipment: 1 }, { shipment: 2 }, { shipment: 3 }] },
    ]);
  });

  it('lets parcels wait while every truck is away', () => {
    const { notice, news } = deskWith(1);
    notice(created(1, 1));
    expect(kinds(notice(created(2, 2)))).toEqual(['tracking-assigned']);
    news({ kind: 'arrived', truck: 1 });
    notice(loaded(1));
    news({ kind: 'delivered', truck: 1, shipment: 1 });
    expect(news({ kind: 'idle', truck: 1 }).orders).toEqual([{ kind: 'pick-up', truck: 1, warehouse: 2 }]);
  });

  it('redirects a parcel on the road, and one that still waits', () => {
    const { notice, news } = deskWith(1);
    const elsewhere = (shipment: number): Notice => ({
      kind: 'destination-changed',
      shipment,
      destination: { x: 9, y: 9 },
    });
    notice(created(1));
    expect(kinds(notice(elsewhere(1)))).toEqual([]);
    news({ kind: 'arrived', truck: 1 });
    expect(notice(loaded(1)).orders).toMatchObject([{ parcels: [{ destination: { x: 9, y: 9 } }] }]);
    expect(notice(elsewhere(1)).orders).toMatchObject([
      { kind: 'deliver', truck: 1, parcels: [{ shipment: 1 }] },
    ]);
  });

  it('drops a cancelled parcel and goes on with the others', () => {
    const { notice, news } = deskWith(1);
    notice(created(1));
    notice(created(2));
    news({ kind: 'arrived', truck: 1 });
    notice(loaded(1));
    expect(notice({ kind: 'cancelled', shipment: 2 }).orders).toMatchObject([{ parcels: [{ shipment: 1 }] }]);
  });

  it('says how a parcel is when it is asked, each time, where there is news of it', () => {
    const { notice, news } = deskWith(1);
    const answer = (shipment = 1) => notice({ kind: 'status-requested', shipment }).reports;
    expect(answer()).toEqual([{ kind: 'details-wanted', shipment: 1 }]);
    notice(created(1));
    news({ kind: 'arrived', truck: 1 });
    expect(answer()).toEqual([]);
    notice(loaded(1));
    expect(answer()).toEqual([{ kind: 'delivery-started', shipment: 1 }]);
    news({ kind: 'delivered', truck: 1, shipment: 1 });
    for (let times = 0; times < 2; times += 1) expect(answer()).toEqual([{ kind: 'delivered', shipment: 1 }]);
    notice(created(2));
    notice({ kind: 'cancelled', shipment: 2 });
    expect(answer(2)).toEqual([]);
  });

  it('asks again, after a while, what the World refused', () => {
    const { notice, news, tick } = deskWith(1);
    const [order] = notice(created(1)).orders;
    expect(kinds(news({ kind: 'refused', order: order!, reason: 'busy' }))).toEqual([]);
    expect(kinds(tick(999))).toEqual([]);
    expect(kinds(tick(1_000))).toEqual(['pick-up']);
    news({ kind: 'arrived', truck: 1 }, 2_000);
    const [delivery] = notice(loaded(1), 3_000).orders;
    expect(kinds(news({ kind: 'refused', order: delivery!, reason: 'not loaded' }, 3_000))).toEqual([]);
    expect(kinds(tick(4_000))).toEqual(['delivery-started', 'deliver']);
  });

  describe('when some have waited long enough for one that is not even packed', () => {
    const whenItLeft = () => {
      const desk = deskWith(2);
      desk.notice(created(1));
      desk.notice(created(2));
      desk.notice(created(3));
      desk.news({ kind: 'arrived', truck: 1 }, 0);
      desk.notice(loaded(1));
      desk.notice({ kind: 'packed', shipment: 3 });
      expect(kinds(desk.tick(29_999))).toEqual([]);
      expect(kinds(desk.tick(30_000))).toEqual([]);
      const left = desk.notice(loaded(3), 31_000).orders;
      expect(left).toMatchObject([{ kind: 'deliver', parcels: [{ shipment: 1 }, { shipment: 3 }] }]);
      return desk;
    };
    const comeBack = ({ news }: ReturnType<typeof deskWith>): Effects => {
      news({ kind: 'delivered', truck: 1, shipment: 1 }, 32_000);
      news({ kind: 'delivered', truck: 1, shipment: 3 }, 33_000);
      return news({ kind: 'idle', truck: 1 }, 34_000);
    };

    it('leaves without it, and the same truck fetches it later', () => {
      const desk = whenItLeft();
      expect(comeBack(desk).orders).toEqual([{ kind: 'pick-up', truck: 1, warehouse: 1 }]);
      expect(desk.news({ kind: 'arrived', truck: 1 }, 35_000).reports).toEqual([
        { kind: 'truck-arrived', shipment: 2, truck: 1, warehouse: 1 },
      ]);
      expect(desk.notice(loaded(2), 36_000).orders).toMatchObject([
        { kind: 'deliver', truck: 1, parcels: [{ shipment: 2 }] },
      ]);
    });

    it('delivers it with the same truck where it was put on just before that left', () => {
      const desk = whenItLeft();
      expect(desk.notice(loaded(2), 31_500).orders).toEqual([]);
      expect(comeBack(desk).orders).toMatchObject([
        { kind: 'deliver', truck: 1, parcels: [{ shipment: 2 }] },
      ]);
    });
  });
});

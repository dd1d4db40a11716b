import { City } from '../../../tests/support/world/city';
import { addTrucks } from './ups-rules';

const error = (err: string, originseqnum = 1n) => [['error', { err, originseqnum }]];
const query = (city: City, truckid = 7, seqnum = BigInt(10_000 + city.now)) => {
  city.hush().carrier({ queries: [{ truckid, seqnum }] });
  return city.said('ups')[0]?.[1];
};

describe('pickups', () => {
  it('drive a truck to the warehouse, step by step', () => {
    const city = new City().carrier({ pickups: [{ truckid: 7, whid: 2, seqnum: 1n }] });
    expect(query(city.pass(240))).toEqual({ truckid: 7, status: 'traveling', x: 3, y: 0 });
    expect(query(city.pass(79))).toMatchObject({ x: 3 });
    expect(query(city.pass(1))).toMatchObject({ x: 4 });
    city.hush().pass(1280);
    expect(city.said('ups')).toEqual([
      ['completions', { truckid: 7, x: 20, y: 0, status: 'ARRIVE WAREHOUSE' }],
    ]);
    expect(query(city)).toEqual({ truckid: 7, status: 'arrive warehouse', x: 20, y: 0 });
  });

  it('drive along x first, then along y, below zero too', () => {
    const city = new City();
    addTrucks(city.world, [{ id: 9, x: -2, y: 13 }]);
    city.carrier({ pickups: [{ truckid: 9, whid: 1, seqnum: 1n }] });
    const places = [80, 80, 80, 80].map((ms) => query(city.pass(ms), 9));
    expect(places).toMatchObject([
      { x: -1, y: 13 },
      { x: 0, y: 13 },
      { x: 0, y: 12 },
      { x: 0, y: 11 },
    ]);
  });

  it('from one warehouse to the next, or to the same again, are fine', () => {
    const city = new City().arrived().carrier({ pickups: [{ truckid: 7, whid: 1, seqnum: 1n }] });
    expect(city.pass(0).said('ups')).toEqual([
      ['completions', { truckid: 7, x: 0, y: 10, status: 'ARRIVE WAREHOUSE' }],
    ]);
    city.carrier({ pickups: [{ truckid: 7, whid: 2, seqnum: 2n }] });
    expect(city.pass(2400).said('ups')).toHaveLength(1);
  });

  it('are refused while the truck travels to another one', () => {
    const city = new City().carrier({
      pickups: [
        { truckid: 7, whid: 2, seqnum: 1n },
        { truckid: 7, whid: 1, seqnum: 2n },
      ],
    });
    expect(city.said('ups')).toEqual(error('truck 7 is already traveling to warehouse 2', 2n));
  });

  it.each([
    ['truck', { truckid: 9, whid: 1 }, 'there is no truck 9'],
    ['warehouse', { truckid: 7, whid: 9 }, 'there is no warehouse 9'],
  ])('are refused without the %s', (_, command, err) => {
    expect(new City().carrier({ pickups: [{ ...command, seqnum: 1n }] }).said('ups')).toEqual(error(err));
  });

  it('wait for what is being loaded', () => {
    const city = new City().packed(100n).arrived();
    city.shop({ load: [{ whnum: 1, truckid: 7, shipid: 100n, seqnum: 1n }] });
    city.carrier({ pickups: [{ truckid: 7, whid: 2, seqnum: 1n }] });
    expect(query(city.pass(499))).toMatchObject({ status: 'loading' });
    expect(query(city.pass(1))).toMatchObject({ status: 'traveling' });
  });
});

describe('deliveries', () => {
  const at = (packageid: bigint, x: number, y: number) => ({ packageid, x, y });

  it('go in the order listed, and end idle at the last destination', () => {
    const city = new City().loaded(100n, 101n);
    city.carrier({ deliveries: [{ truckid: 7, packages: [at(101n, 0, 20), at(100n, 0, 12)], seqnum: 1n }] });
    expect(city.pass(800).said('ups')).toEqual([['delivered', { truckid: 7, packageid: 101n }]]);
    expect(query(city)).toEqual({ truckid: 7, status: 'delivering', x: 0, y: 20 });
    expect(city.hush().pass(640).said('ups')).toEqual([
      ['delivered', { truckid: 7, packageid: 100n }],
      ['completions', { truckid: 7, x: 0, y: 12, status: 'IDLE' }],
    ]);
  });

  it('happen each at its own time, even if time is looked at late', () => {
    const late = new City().loaded(100n, 101n);
    const punctual = new City().loaded(100n, 101n);
    const packages = [at(101n, 0, 20), at(100n, 7, 12)];
    for (const city of [late, punctual]) city.carrier({ deliveries: [{ truckid: 7, packages, seqnum: 1n }] });
    for (let step = 0; step < 200; step += 1) punctual.pass(10);
    expect(late.pass(2000).said('ups')).toEqual(punctual.said('ups'));
    expect(late.said('ups')).toEqual([]);
  });

  it.each([
    ['a truck that is not there', { truckid: 9, packages: [at(100n, 0, 0)] }, 'there is no truck 9'],
    ['nothing', { truckid: 7, packages: [] }, 'truck 7 is given nothing to deliver'],
    ['an unknown package', { truckid: 7, packages: [at(1n, 0, 0)] }, 'there is no package 1'],
    ['another truck', { truckid: 8, packages: [at(100n, 0, 0)] }, 'package 100 is not on truck 8'],
    [
      'one that is still on the shelf',
      { truckid: 7, packages: [at(100n, 0, 0), at(102n, 0, 0)] },
      'package 102 is not on truck 7',
    ],
  ])('of %s are refused whole', (_, command, err) => {
    const city = new City().packed(102n).loaded(100n);
    expect(city.carrier({ deliveries: [{ ...command, seqnum: 1n }] }).said('ups')).toEqual(error(err));
    expect(query(city)).toMatchObject({ status: 'arrive warehouse' });
  });

  it('of what is delivered are refused', () => {
    const city = new City().loaded(100n);
    city
      .carrier({ deliveries: [{ truckid: 7, packages: [at(100n, 0, 10)], seqnum: 1n }] })
      .pass(0)
      .hush();
    city.carrier({ deliveries: [{ truckid: 7, packages: [at(100n, 0, 11)], seqnum: 2n }] });
    expect(city.said('ups')).toEqual(error('package 100 is already delivered', 2n));
  });

  it('take a new address from where the truck is, in the old order', () => {
    const city = new City().loaded(100n, 101n);
    city.carrier({ deliveries: [{ truckid: 7, packages: [at(100n, 0, 20), at(101n, 0, 0)], seqnum: 1n }] });
    city.pass(400).carrier({ deliveries: [{ truckid: 7, packages: [at(100n, 5, 15)], seqnum: 2n }] });
    expect(query(city)).toEqual({ truckid: 7, status: 'delivering', x: 0, y: 15 });
    expect(city.hush().pass(399).said('ups')).toEqual([]);
    expect(city.pass(1).said('ups')).toEqual([['delivered', { truckid: 7, packageid: 100n }]]);
    expect(city.pass(1600).said('ups')[0]).toEqual(['delivered', { truckid: 7, packageid: 101n }]);
  });

  it('wait for what is being loaded', () => {
    const city = new City().packed(101n).loaded(100n);
    city.shop({ load: [{ whnum: 1, truckid: 7, shipid: 101n, seqnum: 1n }] });
    city.carrier({ deliveries: [{ truckid: 7, packages: [at(100n, 0, 12)], seqnum: 1n }] });
    expect(query(city)).toMatchObject({ status: 'loading' });
    expect(city.hush().pass(660).said('ups')[0]).toEqual(['delivered', { truckid: 7, packageid: 100n }]);
  });
});

describe('a pickup in the middle of a delivery', () => {
  const away = () => {
    const city = new City().packed(101n).loaded(100n);
    const packages = [{ packageid: 100n, x: 0, y: 20 }];
    city.carrier({ deliveries: [{ truckid: 7, packages, seqnum: 1n }] }).pass(400);
    return city.carrier({ pickups: [{ truckid: 7, whid: 1, seqnum: 2n }] });
  };

  it('calls the truck away at once', () => {
    const city = away();
    expect(query(city)).toEqual({ truckid: 7, status: 'traveling', x: 0, y: 15 });
    expect(city.hush().pass(400).said('ups')).toEqual([
      ['completions', { truckid: 7, x: 0, y: 10, status: 'ARRIVE WAREHOUSE' }],
    ]);
  });

  it('is followed by the rest of the delivery, with what was loaded behind it', () => {
    const city = away().pass(400).hush();
    city.shop({ load: [{ whnum: 1, truckid: 7, shipid: 101n, seqnum: 3n }] }).pass(500);
    const packages = [{ packageid: 101n, x: 0, y: 21 }];
    city.carrier({ deliveries: [{ truckid: 7, packages, seqnum: 4n }] });
    expect(city.pass(880).said('ups')).toEqual([
      ['delivered', { truckid: 7, packageid: 100n }],
      ['delivered', { truckid: 7, packageid: 101n }],
      ['completions', { truckid: 7, x: 0, y: 21, status: 'IDLE' }],
    ]);
  });

  it('is followed by the rest of the delivery if there is nothing to load', () => {
    const city = away().pass(400).hush();
    expect(city.pass(19_999 + 800).said('ups')).toEqual([]);
    expect(city.pass(1).said('ups')[0]).toEqual(['delivered', { truckid: 7, packageid: 100n }]);
  });

  it('lets the address change on the way, but takes on nothing new', () => {
    const city = away().hush();
    const moved = { packageid: 100n, x: 1, y: 10 };
    city.carrier({ deliveries: [{ truckid: 7, packages: [moved], seqnum: 3n }] });
    expect(city.said('ups')).toEqual([]);
    expect(city.world.trucks.get(7)?.route).toEqual([moved]);
  });
});

describe('trucks', () => {
  it('are added to what is there; one that has driven off is not put back', () => {
    const city = new City().arrived();
    expect(
      addTrucks(city.world, [
        { id: 7, x: 0, y: 0 },
        { id: 9, x: 1, y: 1 },
      ]),
    ).toEqual({ ok: true });
    expect(city.world.trucks.get(7)).toMatchObject({ x: 0, y: 10 });
    expect(city.world.trucks.get(9)).toMatchObject({ x: 1, y: 1, activity: { status: 'idle' } });
  });

  it('do not begin twice: one that is named at another place is left where it is', () => {
    const { world } = new City().arrived();
    const [moved, added] = [
      { id: 7, x: 4, y: 4 },
      { id: 9, x: 1, y: 1 },
    ];
    expect(addTrucks(world, [added, { ...added, x: 2 }])).toEqual({
      ok: false,
      refusal: 'truck 9 is named at (1, 1) and at (2, 1)',
    });
    expect(world.trucks.get(9)).toBeUndefined();
    expect(addTrucks(world, [added, moved])).toEqual({
      ok: true,
      remark: 'truck 7 was put at (0, 0) and is not moved',
    });
    expect(world.trucks.get(7)).toMatchObject({ x: 0, y: 10 });
    expect(world.trucks.get(9)).toMatchObject({ x: 1, y: 1 });
  });

  it('that are absent cannot be queried', () => {
    expect(new City().carrier({ queries: [{ truckid: 9, seqnum: 1n }] }).said('ups')).toEqual(
      error('there is no truck 9'),
    );
  });
});

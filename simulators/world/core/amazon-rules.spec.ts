import { City } from '../../../tests/support/world/city';
import { addWarehouses } from './amazon-rules';

const thing = (count: number, id = 5n) => ({ id, description: 'apple', count });
const error = (err: string, originseqnum = 1n) => [['error', { err, originseqnum }]];

describe('buy', () => {
  const purchase = { whnum: 1, things: [thing(3), thing(4, 6n)] };

  it('makes the products and answers with the same things when they have arrived', () => {
    const city = new City().shop({ buy: [{ ...purchase, seqnum: 1n }] });
    expect(city.pass(999).said('amazon')).toEqual([]);
    expect(city.pass(1).said('amazon')).toEqual([['arrived', purchase]]);
    expect([...city.world.stock.entries()]).toEqual([
      ['1/5', thing(3)],
      ['1/6', thing(4, 6n)],
    ]);
  });

  it('adds to what is there', () => {
    const city = new City()
      .shop({
        buy: [
          { ...purchase, seqnum: 1n },
          { ...purchase, seqnum: 2n },
        ],
      })
      .pass(1000);
    expect(city.world.stock.get('1/5')).toEqual(thing(6));
  });

  it('takes a tenth of the time at ten times the speed, which holds for what comes after', () => {
    const city = new City().shop({ buy: [{ ...purchase, seqnum: 1n }] }).shop({ simspeed: 1000 });
    city.shop({ buy: [{ ...purchase, things: [thing(9)], seqnum: 2n }] }).pass(100);
    expect(city.said('amazon')).toEqual([['arrived', { whnum: 1, things: [thing(9)] }]]);
    expect(city.pass(900).said('amazon')).toEqual([['arrived', purchase]]);
  });

  it.each([
    ['a warehouse that is not there', { ...purchase, whnum: 3 }, 'there is no warehouse 3'],
    ['nothing', { whnum: 1, things: [] }, 'no things are named'],
    ['none of a product', { whnum: 1, things: [thing(0)] }, 'the count of product 5 is 0, not positive'],
    ['less than none', { whnum: 1, things: [thing(-1)] }, 'the count of product 5 is -1, not positive'],
    [
      'too many things',
      { whnum: 1, things: Array<object>(501).fill(thing(1)) },
      'at most 500 things are taken at once',
    ],
    [
      'descriptions that would not fit into an answer',
      { whnum: 1, things: [{ ...thing(1), description: 'x'.repeat(50_001) }] },
      'the descriptions are too long',
    ],
  ])('of %s is an error', (_, wrong, err) => {
    const city = new City().shop({ buy: [{ ...(wrong as typeof purchase), seqnum: 1n }] });
    expect(city.said('amazon')).toEqual(error(err));
    expect(city.pass(5000).said('amazon')).toEqual([]);
  });
});

describe('topack', () => {
  const order = { whnum: 1, things: [thing(2)], shipid: 100n, seqnum: 1n };

  it('takes the stock at once and answers when it is packed', () => {
    const city = new City().stocked(5n, 3).shop({ topack: [order] });
    expect(city.world.stock.get('1/5')?.count).toBe(1);
    expect(city.pass(999).said('amazon')).toEqual([]);
    expect(city.pass(1).said('amazon')).toEqual([['ready', { shipid: 100n }]]);
  });

  it('is refused whole when one thing is short, and takes nothing', () => {
    const city = new City().stocked(5n, 9).stocked(6n, 1);
    city.shop({ topack: [{ ...order, things: [thing(2), thing(2, 6n)] }] });
    expect(city.said('amazon')).toEqual(error('warehouse 1 holds 1 of product 6, not 2'));
    expect(city.world.stock.get('1/5')?.count).toBe(9);
  });

  it('adds up a product that is listed twice', () => {
    const city = new City().stocked(5n, 3).shop({ topack: [{ ...order, things: [thing(2), thing(2)] }] });
    expect(city.said('amazon')).toEqual(error('warehouse 1 holds 3 of product 5, not 4'));
  });

  it('is refused for a shipment that exists, under another seqnum too', () => {
    const city = new City().stocked(5n, 9).shop({ topack: [order, { ...order, seqnum: 2n }] });
    expect(city.said('amazon')).toEqual(error('shipment 100 exists already', 2n));
    expect(city.world.stock.get('1/5')?.count).toBe(7);
  });

  it('is refused at a warehouse that is not there, and of a product that was never seen', () => {
    const city = new City().shop({
      topack: [
        { ...order, whnum: 9 },
        { ...order, seqnum: 2n },
      ],
    });
    expect(city.said('amazon')).toEqual([
      ...error('there is no warehouse 9'),
      ...error('warehouse 1 holds 0 of product 5, not 2', 2n),
    ]);
  });
});

describe('load', () => {
  const command = { whnum: 1, truckid: 7, shipid: 100n, seqnum: 1n };

  it('answers when a packed shipment is on a truck that stands there', () => {
    const city = new City()
      .packed(100n)
      .arrived()
      .shop({ load: [command] });
    expect(city.world.trucks.get(7)?.activity.status).toBe('loading');
    expect(city.pass(499).said('amazon')).toEqual([]);
    expect(city.pass(1).said('amazon')).toEqual([['loaded', { shipid: 100n }]]);
    expect(city.world.trucks.get(7)?.activity).toEqual({ status: 'arrive warehouse', whid: 1 });
  });

  it.each([
    ['a shipment that is not there', { shipid: 101n }, 'there is no shipment 101'],
    ['a warehouse that is not there', { whnum: 3 }, 'there is no warehouse 3'],
    ['the wrong warehouse', { whnum: 2 }, 'shipment 100 is at warehouse 1, not at 2'],
    ['a truck that is not there', { truckid: 9 }, 'there is no truck 9'],
    ['a truck that is elsewhere', { truckid: 8 }, 'truck 8 is not at warehouse 1'],
  ])('is refused for %s', (_, wrong, err) => {
    const city = new City().packed(100n).arrived();
    expect(city.shop({ load: [{ ...command, ...wrong }] }).said('amazon')).toEqual(error(err));
  });

  it('is refused before the shipment is packed, while it is loaded, and afterwards', () => {
    const city = new City().arrived().stocked(5n, 1);
    city.shop({ topack: [{ whnum: 1, things: [thing(1)], shipid: 100n, seqnum: 11n }], load: [command] });
    expect(city.said('amazon')).toEqual(error('shipment 100 is packing, not packed'));
    city.pass(1000).hush();
    city.shop({
      load: [
        { ...command, seqnum: 2n },
        { ...command, seqnum: 3n },
      ],
    });
    expect(city.said('amazon')).toEqual(error('shipment 100 is loading, not packed', 3n));
    city.pass(500).hush();
    expect(city.shop({ load: [{ ...command, seqnum: 4n }] }).said('amazon')).toEqual(
      error('shipment 100 is loaded, not packed', 4n),
    );
  });
});

describe('queries', () => {
  it('tell each stage of a package', () => {
    const city = new City().stocked(5n, 1);
    let seqnum = 0n;
    const status = () => {
      city.hush().shop({ queries: [{ packageid: 100n, seqnum: ++seqnum }] });
      return city.said('amazon')[0]?.[1];
    };
    city.shop({ topack: [{ whnum: 1, things: [thing(1)], shipid: 100n, seqnum: 50n }] });
    expect(status()).toEqual({ packageid: 100n, status: 'packing' });
    city.pass(1000);
    expect(status()).toMatchObject({ status: 'packed' });
    city.arrived().shop({ load: [{ whnum: 1, truckid: 7, shipid: 100n, seqnum: 51n }] });
    expect(status()).toMatchObject({ status: 'loading' });
    city.pass(500);
    expect(status()).toMatchObject({ status: 'loaded' });
    city.carrier({ deliveries: [{ truckid: 7, packages: [{ packageid: 100n, x: 0, y: 12 }], seqnum: 52n }] });
    expect(status()).toMatchObject({ status: 'delivering' });
    city.pass(160);
    expect(status()).toMatchObject({ status: 'delivered' });
  });

  it('of an unknown package are an error', () => {
    const city = new City().shop({ queries: [{ packageid: 1n, seqnum: 1n }] });
    expect(city.said('amazon')).toEqual(error('there is no package 1'));
  });
});

describe('warehouses', () => {
  it('are added to what is there, and may be named again', () => {
    const { world } = new City();
    expect(
      addWarehouses(world, [
        { id: 1, x: 0, y: 10 },
        { id: 3, x: -4, y: -4 },
      ]),
    ).toEqual({ ok: true });
    expect([...world.warehouses.values()].map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('do not move: those that are named at another place stay, and the others are added', () => {
    const { world } = new City();
    const moved = (...ids: readonly number[]) => ids.map((id) => ({ id, x: 1, y: 1 }));
    expect(addWarehouses(world, moved(3, 1))).toEqual({
      ok: true,
      remark: 'warehouse 1 was put at (0, 10) and is not moved',
    });
    expect(world.warehouses.get(1)).toEqual({ id: 1, x: 0, y: 10 });
    expect(world.warehouses.get(3)).toEqual({ id: 3, x: 1, y: 1 });
    expect(addWarehouses(world, moved(1, 2))).toEqual({
      ok: true,
      remark: 'warehouse 1 was put at (0, 10) and is not moved; nor are 1 more',
    });
  });

  it('are at one place: all are refused where one message names two, and none is added', () => {
    const { world } = new City();
    const twice = [
      { id: 5, x: 1, y: 1 },
      { id: 4, x: 1, y: 1 },
      { id: 4, x: 2, y: 1 },
    ];
    expect(addWarehouses(world, twice)).toEqual({
      ok: false,
      refusal: 'warehouse 4 is named at (1, 1) and at (2, 1)',
    });
    expect(world.warehouses.get(5)).toBeUndefined();
  });
});

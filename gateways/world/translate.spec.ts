import type { WarehouseId, WorldId } from '../../domain/kernel';
import type { WorldRequest } from '../../domain/world-command';
import { aCommands, aConnect } from '../../proto/world';
import { toCommands, toConnect, toReports } from './translate';

const warehouseId = 1 as WarehouseId;
const parcel = { warehouseId, shipmentId: 's' as never, shipmentNumber: 9 as never };
const goods = [{ productId: 'p' as never, productNumber: 5 as never, name: 'mug', quantity: 3 }];
const things = [{ id: 5n, description: 'mug', count: 3 }];
const numbered = (seqnum: number, request: WorldRequest) => ({ seqnum: seqnum as never, request });
const silent = { arrived: [], ready: [], loaded: [], error: [], acks: [], packagestatus: [] };

describe('a message to the World', () => {
  it('contains each request with its number, and the acknowledgements', () => {
    const commands = toCommands(
      [
        numbered(1, { kind: 'buy', warehouseId, goods, attempt: 1 }),
        numbered(2, { kind: 'pack', ...parcel, goods, attempt: 1 }),
        numbered(3, { kind: 'load', ...parcel, truckId: 7 as never, attempt: 1 }),
        numbered(4, { kind: 'query', ...parcel, of: 'c' as never }),
      ],
      [77n],
    );
    expect(commands).toEqual({
      buy: [{ whnum: 1, things, seqnum: 1n }],
      topack: [{ whnum: 1, things, shipid: 9n, seqnum: 2n }],
      load: [{ whnum: 1, truckid: 7, shipid: 9n, seqnum: 3n }],
      queries: [{ packageid: 9n, seqnum: 4n }],
      acks: [77n],
    });
    expect(aCommands.decode(aCommands.encode(commands))).toEqual(commands);
    expect(toCommands([], [], 500)).toMatchObject({ simspeed: 500 });
  });

  it('of a connect contains our world, if there is one, and the warehouses that are new to it', () => {
    const warehouses = [{ warehouseId, place: { x: -2, y: 3 } }];
    const initwh = [{ id: 1, x: -2, y: 3 }];
    expect(toConnect('9223372036854775807' as WorldId, warehouses)).toEqual({
      ...{ worldid: 2n ** 63n - 1n, initwh, isAmazon: true },
    });
    const fresh = toConnect(undefined, warehouses);
    expect(fresh).toEqual({ initwh, isAmazon: true });
    expect(aConnect.decode(aConnect.encode(fresh))).toEqual(fresh);
  });
});

describe('a message of the World', () => {
  it('becomes reports, each with the number by which it is acknowledged', () => {
    const { acks, reports } = toReports({
      arrived: [{ whnum: 1, things, seqnum: 1n }],
      ready: [{ shipid: 9n, seqnum: 2n }],
      loaded: [{ shipid: 9n, seqnum: 3n }],
      packagestatus: [{ packageid: 9n, status: 'PACKED', seqnum: 4n }],
      error: [{ err: 'no', originseqnum: 12n, seqnum: 5n }],
      acks: [12n],
    });
    expect(acks).toEqual([12]);
    expect(reports).toEqual([
      { kind: 'arrived', seqnum: 1n, warehouseId, goods: [{ productNumber: 5, name: 'mug', quantity: 3 }] },
      { kind: 'packed', seqnum: 2n, shipmentNumber: 9 },
      { kind: 'loaded', seqnum: 3n, shipmentNumber: 9 },
      { kind: 'status', seqnum: 4n, shipmentNumber: 9, status: 'packed' },
      { kind: 'refused', seqnum: 5n, of: 12, reason: 'no' },
    ]);
  });

  it.each([2n ** 53n, 2n ** 63n - 1n, -1n, 0n])('with the number %s matches no request of ours', (shipid) => {
    const { reports } = toReports({ ...silent, ready: [{ shipid, seqnum: shipid }], acks: [shipid] });
    // Its own number is kept whole, because it has to be acknowledged.
    expect(reports).toEqual([{ kind: 'packed', seqnum: shipid, shipmentNumber: 0 }]);
  });
});

import type { LoadRequest, PackRequest, QueryRequest, WorldRequest } from '../../domain/world-command';
import { effectsOfAnswer, effectsOfRefusal, LOAD_ATTEMPTS_MAX, PACK_ATTEMPTS_MAX } from './effects';

const id = 'command' as never;
const parcel = { warehouseId: 1 as never, shipmentId: 's' as never, shipmentNumber: 9 as never };
const goods = [{ productId: 'p' as never, productNumber: 5 as never, name: 'mug', quantity: 3 }];
const pack: PackRequest = { kind: 'pack', ...parcel, goods, attempt: 1 };
const load: LoadRequest = { kind: 'load', ...parcel, truckId: 7 as never, attempt: 1 };
const buy: WorldRequest = { kind: 'buy', warehouseId: parcel.warehouseId, goods, attempt: 1 };
const query: QueryRequest = { kind: 'query', ...parcel, of: 'asked' as never };

const answered = (request: WorldRequest, status?: string, about?: WorldRequest, settled = false) =>
  effectsOfAnswer(request, status, about && { request: about, settled });
const refused = (request: WorldRequest, reason: string, about?: WorldRequest) =>
  effectsOfRefusal({ id, request }, reason, about && { request: about, settled: false });

const packed = { kind: 'record', name: 'recordPacked', input: { shipmentId: 's' } };
const loaded = { kind: 'record', name: 'recordLoaded', input: { shipmentId: 's' } };
const failure = (step: string) => ({
  kind: 'record',
  name: 'recordShipmentFailure',
  input: expect.objectContaining({ shipmentId: 's', step }) as object,
});
const settle = { kind: 'settle', worldCommandId: 'asked' };

describe('the effects of an answer', () => {
  it.each([
    ['a replenishment', { ...buy, replenishmentId: 'r' as never }, 'r'],
    ['no replenishment', buy, undefined],
  ])('are a stock receipt after a buy for %s', (_, request, replenishmentId) =>
    expect(answered(request)).toEqual([
      {
        ...{ kind: 'record', name: 'receiveStock' },
        input: {
          ...{ warehouseId: 1, productId: 'p', quantity: 3 },
          replenishmentId,
        },
      },
    ]),
  );

  it('are a pack request without a stock receipt if only the World lacked the goods', () =>
    expect(
      answered({
        ...buy,
        restockFor: { shipmentId: parcel.shipmentId, shipmentNumber: parcel.shipmentNumber, packAttempt: 2 },
      }),
    ).toEqual([{ kind: 'queue', purpose: 'pack', request: { ...pack, attempt: 2 }, delayMs: 0 }]));

  it('are a packed or a loaded shipment', () => {
    expect(answered(pack)).toEqual([packed]);
    expect(answered(load)).toEqual([loaded]);
  });

  it.each([
    ['packing', pack, []],
    ['packed', pack, [settle, packed]],
    ['delivered', pack, [settle, packed]],
    ['loading', load, []],
    ['loaded', load, [settle, loaded]],
    ['delivering', load, [settle, loaded]],
    [
      'packed',
      load,
      [
        { ...settle, refusal: 'The shipment is packed, not loading' },
        { kind: 'queue', purpose: 'load', request: { ...load, attempt: 2 }, delayMs: 1_000 },
      ],
    ],
  ])(
    'of a query with the status "%s" settle the queried command, or let it wait',
    (status, about, expected) => expect(answered(query, status, about)).toEqual(expected),
  );

  it('are another query if the first command is settled and the shipment is in progress', () =>
    expect(answered(query, 'packing', pack, true)).toEqual([
      { kind: 'queue', purpose: 'query', request: query, delayMs: 2_000 },
    ]));

  it('are none if the query was about an unknown command', () =>
    expect(answered(query, 'packed')).toEqual([]));
});

describe('the effects of an error', () => {
  it.each([
    ['warehouse 1 holds 0 of product 5, not 3', ['p']],
    ['not enough stock', ['p', 'q']],
    ['Insufficient inventory', ['p', 'q']],
    ['warehouse 1 does not have sufficient product 5', ['p']],
    ['the shelf lacks product 5', ['p']],
    ['not enough of products 50 and 60', ['p', 'q']],
  ])('are a failed packing with the products that are lacking, if the reason is "%s"', (reason, lacking) => {
    const two = {
      ...pack,
      goods: [...goods, { ...goods[0]!, productId: 'q' as never, productNumber: 6 as never }],
    };
    expect(refused(two, reason)).toEqual([
      {
        kind: 'record',
        name: 'recordShipmentFailure',
        input: { shipmentId: 's', step: 'packing', reason, lacking },
      },
    ]);
  });

  it('are a failed shipment after the last pack attempt', () =>
    expect(refused(query, 'there is no package 9', { ...pack, attempt: PACK_ATTEMPTS_MAX })).toEqual([
      { ...settle, refusal: 'there is no package 9' },
      failure('packing'),
    ]));

  it('are a query if the goods may be packed already', () =>
    expect(refused(pack, 'shipment 9 exists already')).toEqual([
      { kind: 'queue', purpose: 'query', request: { ...query, of: id }, delayMs: 0 },
    ]));

  it('are a failed packing for any other reason', () =>
    expect(refused(pack, 'the moon is in the way')).toEqual([failure('packing')]));

  it('are a later load if the truck is missing, and a failed loading after the last attempt', () => {
    const reason = 'truck 7 is not at warehouse 1';
    expect(refused({ ...load, attempt: 3 }, reason)).toEqual([
      { kind: 'queue', purpose: 'load', request: { ...load, attempt: 4 }, delayMs: 4_000 },
    ]);
    expect(refused({ ...load, attempt: LOAD_ATTEMPTS_MAX }, reason)).toEqual([failure('loading')]);
  });

  it('are a query if a shipment cannot be loaded', () =>
    expect(refused(load, 'shipment 9 is loading, not packed')).toMatchObject([{ purpose: 'query' }]));

  it('are another purchase, with growing delays', () =>
    expect(refused({ ...buy, attempt: 20 }, 'there is no warehouse 1')).toEqual([
      { kind: 'queue', purpose: 'buy', request: { ...buy, attempt: 21 }, delayMs: 60_000 },
    ]));

  it('are another pack, or a failed loading, if the World does not know the shipment', () => {
    const reason = 'there is no package 9';
    expect(refused(query, reason, pack)).toMatchObject([
      { ...settle, refusal: reason },
      { purpose: 'pack', request: { attempt: 2 } },
    ]);
    expect(refused(query, reason, load)).toEqual([{ ...settle, refusal: reason }, failure('loading')]);
    expect(refused(query, reason)).toEqual([]);
  });
});

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

describe('what follows from an answer', () => {
  it.each([
    ['goods that our books wait for are booked', { ...buy, replenishmentId: 'r' as never }, 'r'],
    ['goods that nobody waits for are booked, too', buy, undefined],
  ])('%s', (_, request, replenishmentId) =>
    expect(answered(request)).toEqual([
      {
        ...{ kind: 'record', name: 'receiveStock' },
        input: {
          ...{ warehouseId: 1, productId: 'p', quantity: 3 },
          ...(replenishmentId === undefined ? {} : { replenishmentId }),
        },
      },
    ]),
  );

  it('goods that only the World lacked are packed, and not booked', () =>
    expect(
      answered({
        ...buy,
        restockFor: { shipmentId: parcel.shipmentId, shipmentNumber: parcel.shipmentNumber, packAttempt: 2 },
      }),
    ).toEqual([{ kind: 'queue', purpose: 'pack', request: { ...pack, attempt: 2 }, delayMs: 0 }]));

  it('a shipment is packed, or loaded', () => {
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
  ])('a query that finds "%s" ends the wait, or lets it go on', (status, about, expected) =>
    expect(answered(query, status, about)).toEqual(expected),
  );

  it('is another question where the first has its outcome and the shipment is under way', () =>
    expect(answered(query, 'packing', pack, true)).toEqual([
      { kind: 'queue', purpose: 'query', request: query, delayMs: 2_000 },
    ]));

  it('is nothing where the question is not ours', () => expect(answered(query, 'packed')).toEqual([]));
});

describe('what follows from an error', () => {
  it.each([
    'warehouse 1 holds 0 of product 5, not 3',
    'not enough stock',
    'Insufficient inventory',
    'warehouse 1 does not have sufficient product 5',
    'the shelf lacks product 5',
  ])('"%s": the goods are bought for the World, and packed then', (reason) => {
    const restockFor = { shipmentId: 's', shipmentNumber: 9, packAttempt: 2 };
    expect(refused(pack, reason)).toEqual([
      { kind: 'queue', purpose: 'restock', request: { ...buy, restockFor }, delayMs: 0 },
    ]);
  });

  it('goods are not bought for ever', () =>
    expect(refused({ ...pack, attempt: PACK_ATTEMPTS_MAX }, 'not enough stock')).toEqual([
      failure('packing'),
    ]));

  it('what may be packed already is asked about', () =>
    expect(refused(pack, 'shipment 9 exists already')).toEqual([
      { kind: 'queue', purpose: 'query', request: { ...query, of: id }, delayMs: 0 },
    ]));

  it('any other error fails the packing', () =>
    expect(refused(pack, 'the moon is in the way')).toEqual([failure('packing')]));

  it('a truck that is not there may come yet, but is not waited for for ever', () => {
    const reason = 'truck 7 is not at warehouse 1';
    expect(refused({ ...load, attempt: 3 }, reason)).toEqual([
      { kind: 'queue', purpose: 'load', request: { ...load, attempt: 4 }, delayMs: 4_000 },
    ]);
    expect(refused({ ...load, attempt: LOAD_ATTEMPTS_MAX }, reason)).toEqual([failure('loading')]);
  });

  it('a shipment that cannot be loaded is asked about', () =>
    expect(refused(load, 'shipment 9 is loading, not packed')).toMatchObject([{ purpose: 'query' }]));

  it('a purchase is tried again, later each time', () =>
    expect(refused({ ...buy, attempt: 20 }, 'there is no warehouse 1')).toEqual([
      { kind: 'queue', purpose: 'buy', request: { ...buy, attempt: 21 }, delayMs: 60_000 },
    ]));

  it('a package that the World has forgotten is packed again, and cannot be loaded', () => {
    const reason = 'there is no package 9';
    expect(refused(query, reason, pack)).toMatchObject([
      { ...settle, refusal: reason },
      { purpose: 'pack', request: { attempt: 2 } },
    ]);
    expect(refused(query, reason, load)).toEqual([{ ...settle, refusal: reason }, failure('loading')]);
    expect(refused(query, reason)).toEqual([]);
  });
});

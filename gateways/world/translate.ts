import { createHash } from 'node:crypto';
import type { Place, SerialNumber, WarehouseId, WorldId } from '../../domain/kernel';
import type { WorldGoods, WorldRequest } from '../../domain/world-command';
import type { AConnect, ACommands, AProduct, AResponses } from '../../proto/world';

/** Goods that the World says arrived. */
export type ArrivedGoods = {
  readonly productNumber: SerialNumber;
  readonly name: string;
  readonly quantity: number;
};

/** What the World reports, in our words. `seqnum` is the World's number of the message: to be acknowledged, whatever it says. */
export type WorldReport = { readonly seqnum: bigint } & (
  | { readonly kind: 'arrived'; readonly warehouseId: WarehouseId; readonly goods: readonly ArrivedGoods[] }
  | { readonly kind: 'packed' | 'loaded'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'status'; readonly shipmentNumber: SerialNumber; readonly status: string }
  | { readonly kind: 'refused'; readonly of: SerialNumber; readonly reason: string }
);

/** By what an arrival names the purchase that it answers: the same goods, in whatever order. */
export const goodsKey = (
  warehouseId: WarehouseId,
  goods: readonly Pick<ArrivedGoods, 'productNumber' | 'quantity'>[],
): string =>
  `${warehouseId}:${goods
    .map(({ productNumber, quantity }) => `${productNumber}x${quantity}`)
    .sort()
    .join()}`;

export type WorldReports = {
  readonly acks: readonly SerialNumber[];
  readonly reports: readonly WorldReport[];
};

/** A number that we never gave out, for int64s of others that a JavaScript number cannot hold. */
const NOT_OURS = 0 as SerialNumber;

const serialOf = (value: bigint): SerialNumber =>
  value > 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? (Number(value) as SerialNumber) : NOT_OURS;

/** As long as the reason of a failed shipment may be, less what we put around a status that we do not expect. */
const WORDS_MAX = 400;

/** What a World says in its own words, which may be a mebibyte of them, or none. */
export const wordsOf = (text: string): string => text.trim().slice(0, WORDS_MAX) || 'no word';

/** `warehouses`: those that the world does not know yet. */
export const toConnect = (
  worldId: WorldId | undefined,
  warehouses: readonly { readonly warehouseId: WarehouseId; readonly place: Place }[],
): AConnect => ({
  ...(worldId === undefined ? {} : { worldid: BigInt(worldId) }),
  initwh: warehouses.map(({ warehouseId, place }) => ({ id: warehouseId, x: place.x, y: place.y })),
  isAmazon: true,
});

const toThings = (goods: readonly WorldGoods[]): AProduct[] =>
  goods.map(({ productNumber, name, quantity }) => ({
    id: BigInt(productNumber),
    description: name,
    count: quantity,
  }));

export type NumberedRequest = { readonly seqnum: SerialNumber; readonly request: WorldRequest };

/** Our requests and acknowledgements as one message of theirs. */
export const toCommands = (
  requests: readonly NumberedRequest[],
  acks: readonly bigint[],
  simspeed?: number,
): ACommands => {
  const buy: ACommands['buy'][number][] = [];
  const topack: ACommands['topack'][number][] = [];
  const load: ACommands['load'][number][] = [];
  const queries: ACommands['queries'][number][] = [];
  for (const { seqnum: ours, request } of requests) {
    const seqnum = BigInt(ours);
    const whnum = request.warehouseId;
    if (request.kind === 'buy') {
      buy.push({ whnum, things: toThings(request.goods), seqnum });
      continue;
    }
    const shipid = BigInt(request.shipmentNumber);
    if (request.kind === 'pack') topack.push({ whnum, things: toThings(request.goods), shipid, seqnum });
    else if (request.kind === 'load') load.push({ whnum, truckid: request.truckId, shipid, seqnum });
    else queries.push({ packageid: shipid, seqnum });
  }
  return { buy, topack, load, queries, acks, ...(simspeed === undefined ? {} : { simspeed }) };
};

// A mebibyte of goods is not to be remembered for each message.
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Tells a message from another that bears its number: a World that lost its memory begins anew with the first one. */
export const fingerprintOf = (report: WorldReport): string => {
  switch (report.kind) {
    case 'arrived':
      return `${report.seqnum} arrived ${digestOf(goodsKey(report.warehouseId, report.goods))}`;
    case 'refused':
      return `${report.seqnum} refused ${report.of}`;
    case 'status':
      return `${report.seqnum} ${report.status} ${report.shipmentNumber}`;
    case 'packed':
    case 'loaded':
      return `${report.seqnum} ${report.kind} ${report.shipmentNumber}`;
  }
};

/** Their message as acknowledgements of our requests, and reports. */
export const toReports = (responses: AResponses): WorldReports => ({
  acks: responses.acks.map(serialOf),
  reports: [
    ...responses.arrived.map(({ whnum, things, seqnum }): WorldReport => ({
      kind: 'arrived',
      seqnum,
      warehouseId: whnum as WarehouseId,
      goods: things.map(({ id, description, count }) => ({
        productNumber: serialOf(id),
        name: wordsOf(description),
        quantity: count,
      })),
    })),
    ...responses.ready.map(({ shipid, seqnum }): WorldReport => ({
      kind: 'packed',
      seqnum,
      shipmentNumber: serialOf(shipid),
    })),
    ...responses.loaded.map(({ shipid, seqnum }): WorldReport => ({
      kind: 'loaded',
      seqnum,
      shipmentNumber: serialOf(shipid),
    })),
    ...responses.packagestatus.map(({ packageid, status, seqnum }): WorldReport => ({
      kind: 'status',
      seqnum,
      shipmentNumber: serialOf(packageid),
      status: wordsOf(status).toLowerCase(),
    })),
    ...responses.error.map(({ err, originseqnum, seqnum }): WorldReport => ({
      kind: 'refused',
      seqnum,
      of: serialOf(originseqnum),
      reason: wordsOf(err),
    })),
  ],
});

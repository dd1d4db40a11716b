import { createHash } from 'node:crypto';
import type { Place, SerialNumber, WarehouseId, WorldId } from '../../domain/kernel';
import type { WorldGoods, WorldRequest } from '../../domain/world-command';
import { beginningOf } from '../../platform/visible-text';
import type { AConnect, ACommands, AProduct, AResponses } from '../../proto/world';

/** Goods in an arrival report of the World. */
export type ArrivedGoods = {
  readonly productNumber: SerialNumber;
  readonly name: string;
  readonly quantity: number;
};

/**
 * A report of the World, in our terms. `seqnum` is the World's number of the message, which must be acknowledged in any
 * case.
 */
export type WorldReport = { readonly seqnum: bigint } & (
  | { readonly kind: 'arrived'; readonly warehouseId: WarehouseId; readonly goods: readonly ArrivedGoods[] }
  | { readonly kind: 'packed' | 'loaded'; readonly shipmentNumber: SerialNumber }
  | { readonly kind: 'status'; readonly shipmentNumber: SerialNumber; readonly status: string }
  | { readonly kind: 'refused'; readonly of: SerialNumber; readonly reason: string }
);

/** Returns the key by which an arrival matches its purchase: the same goods, in any order. */
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

/** A number that is never assigned, in place of an int64 that does not fit a JavaScript number. */
const NOT_OURS = 0 as SerialNumber;

const serialOf = (value: bigint): SerialNumber =>
  value > 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? (Number(value) as SerialNumber) : NOT_OURS;

/** The longest text of a World that is kept: it must fit into the reason of a failed shipment, with a prefix. */
const TEXT_CHARACTERS_MAX = 400;

/**
 * Returns a text of the World, shortened, because it may be a mebibyte long, and in a form that can be stored; a fixed text
 * if it is empty.
 */
export const shortTextOf = (text: string): string =>
  beginningOf(text.trim(), TEXT_CHARACTERS_MAX) || 'no reason';

/** Converts to the first message of a connection. `warehouses`: those that were not announced to the world yet. */
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

/** Converts our commands and acknowledgements to one message of the World's protocol. */
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

// A digest, because up to a mebibyte of goods must not be stored for each message.
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Distinguishes a message from another with the same number: a World that lost its data numbers from the beginning
 * again.
 */
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

/** Converts a message of the World to acknowledgements of our commands, and reports. */
export const toReports = (responses: AResponses): WorldReports => ({
  acks: responses.acks.map(serialOf),
  reports: [
    ...responses.arrived.map(({ whnum, things, seqnum }): WorldReport => ({
      kind: 'arrived',
      seqnum,
      warehouseId: whnum as WarehouseId,
      goods: things.map(({ id, description, count }) => ({
        productNumber: serialOf(id),
        name: shortTextOf(description),
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
      status: shortTextOf(status).toLowerCase(),
    })),
    ...responses.error.map(({ err, originseqnum, seqnum }): WorldReport => ({
      kind: 'refused',
      seqnum,
      of: serialOf(originseqnum),
      reason: shortTextOf(err),
    })),
  ],
});

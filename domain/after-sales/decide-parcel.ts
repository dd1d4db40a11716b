import { accept, reject } from '../kernel';
import type { Instant } from '../kernel';
import type { InspectParcel, RecordParcelReceived, RecordParcelSent, SendReplacement } from './commands';
import { decidedBy, ofRequest, settled, wrongStatus } from './decision';
import type { AfterSalesDecision } from './decision';
import type { AfterSalesEvent, AfterSalesGoods, InspectedLine } from './events';
import { deadlineOf } from './limits';
import type { KnownAfterSales } from './state';

export const recordParcelSent = (
  { carrier, trackingNumber, at }: RecordParcelSent,
  state: KnownAfterSales,
): AfterSalesDecision =>
  state.status === 'AWAITING_PARCEL'
    ? accept({
        type: 'AfterSalesParcelSent',
        data: {
          ...ofRequest(state),
          ...{ carrier, trackingNumber, receiveBy: deadlineOf('receive', at), sentAt: at },
        },
      })
    : wrongStatus(state);

/** A parcel may arrive without notice of its customer, and after staff were asked about it. */
const mayArrive = ({ status, isSent, inspected }: KnownAfterSales): boolean =>
  status === 'AWAITING_PARCEL' ||
  status === 'IN_TRANSIT' ||
  (status === 'ESCALATED' && isSent && inspected === undefined);

export const recordParcelReceived = (
  { warehouseId, at }: RecordParcelReceived,
  state: KnownAfterSales,
): AfterSalesDecision =>
  mayArrive(state)
    ? accept({
        type: 'AfterSalesParcelReceived',
        data: {
          ...ofRequest(state),
          ...{ warehouseId, inspectBy: deadlineOf('inspect', at), receivedAt: at },
        },
      })
    : wrongStatus(state);

const isCount = (count: number): boolean => Number.isInteger(count) && count >= 0;

const countOf = ({ restocked, writtenOff, refused }: InspectedLine): number =>
  restocked + writtenOff + refused;

/** Returns a line that does not fit to the request: an unknown product, a product twice, or too many pieces. */
const wrongCount = (counted: readonly InspectedLine[], { lines }: KnownAfterSales) =>
  counted
    .map((line, index) => {
      const { productId, restocked, writtenOff, refused } = line;
      const isRepeated = counted.findIndex((other) => other.productId === productId) !== index;
      const asked = lines.find((other) => other.productId === productId)?.quantity ?? 0;
      const isWhole = [restocked, writtenOff, refused].every(isCount);
      return { productId, max: asked, counted: countOf(line), isRepeated, isWhole };
    })
    .find(
      ({ max, counted: count, isRepeated, isWhole }) => isRepeated || !isWhole || count > max || max === 0,
    );

const acceptedOf = (counted: readonly InspectedLine[]): readonly AfterSalesGoods[] =>
  counted
    .map(({ productId, restocked, writtenOff }) => ({ productId, quantity: restocked + writtenOff }))
    .filter(({ quantity }) => quantity > 0);

const refusedAfterInspection = (
  state: KnownAfterSales,
  { sellerId, remark, at }: InspectParcel,
): AfterSalesEvent => ({
  type: 'AfterSalesRefused',
  data: {
    ...ofRequest(state),
    ...{ by: decidedBy(sellerId), remark, disputeBy: deadlineOf('dispute', at), refusedAt: at },
  },
});

export const inspectParcel = (command: InspectParcel, state: KnownAfterSales): AfterSalesDecision => {
  const { sellerId, lines, remark, at } = command;
  const { warehouseId } = state;
  if (state.status !== 'RECEIVED' || warehouseId === undefined) return wrongStatus(state);
  const wrong = wrongCount(lines, state);
  if (wrong !== undefined) {
    const { productId, max, counted } = wrong;
    return reject({ code: 'AFTER_SALES_COUNT_WRONG', productId, max, counted });
  }
  const accepted = acceptedOf(lines);
  return accept<AfterSalesEvent>(
    {
      type: 'AfterSalesInspected',
      data: {
        ...ofRequest(state),
        ...{ by: decidedBy(sellerId), warehouseId, lines, remark, inspectedAt: at },
      },
    },
    accepted.length > 0 ? settled(state, accepted, 'INSPECTED', at) : refusedAfterInspection(state, command),
  );
};

export const sendReplacement = (
  { warehouseId, carrier, trackingNumber, at }: SendReplacement,
  state: KnownAfterSales,
): AfterSalesDecision =>
  state.status === 'REPLACING'
    ? accept({
        type: 'AfterSalesReplacementStarted',
        data: {
          ...ofRequest(state),
          ...{ attempt: state.replacementAttempts + 1, warehouseId, lines: state.settled },
          ...{ carrier, trackingNumber, startedAt: at },
        },
      })
    : wrongStatus(state);

/** Returns the goods of a request that was decided in favour of its customer. */
export const goodsInDispute = ({ lines, inspected = [] }: KnownAfterSales): readonly AfterSalesGoods[] => {
  const arrived = inspected
    .map((line) => ({ productId: line.productId, quantity: countOf(line) }))
    .filter(({ quantity }) => quantity > 0);
  // Of a parcel in which nothing was found, the customer is believed.
  return arrived.length > 0 ? arrived : lines;
};

/** Tests whether the goods must still come back before a request can be settled. */
export const awaitsGoods = ({ kind, isSent }: KnownAfterSales): boolean => kind !== 'REFUND_ONLY' && !isSent;

export const sendByOf = (state: KnownAfterSales, at: Instant): Instant | undefined =>
  awaitsGoods(state) ? deadlineOf('send', at) : undefined;

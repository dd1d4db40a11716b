import type { Rejection } from '../../commands/rejections';
import { messageOf } from '../../commands/rejections';
import type { Fault } from '../../platform/faults';
import { productId } from '../../platform/ids';
import type { Planned, PlannedRefund } from './plan';
import type { SourceLine } from './read-csv';

/** An item that the platform did not take, its lines in the list, and what to do about it. */
export type Refused = {
  readonly kind: Planned['kind'];
  /** The code of the product, or the invoice. */
  readonly reference: string;
  readonly sources: readonly SourceLine[];
  readonly code: string;
  readonly reason: string;
  /** The goods that caused it, if any. */
  readonly sku?: string | undefined;
  /** The figures of the rejection. */
  readonly figures: Readonly<Record<string, unknown>>;
};

const referenceOf = (planned: Planned): string =>
  planned.kind === 'product' ? planned.sku : planned.reference;

const skuOf = (planned: Planned, rejection: Rejection): string | undefined => {
  if (planned.kind === 'product') return planned.sku;
  return 'productId' in rejection
    ? planned.lines.find(({ sku }) => productId(sku) === rejection.productId)?.sku
    : undefined;
};

/** Returns the reason and the remedy: for rejections that are usual in imports a text of their own, else the platform's. */
const reasonOf = (planned: Planned, rejection: Rejection): string => {
  const undone = planned.kind === 'refund' ? `invoice ${planned.undoes}` : 'the order';
  const goods = skuOf(planned, rejection) ?? 'the goods';
  switch (rejection.code) {
    case 'PRODUCT_NOT_FOUND':
      return `The catalogue has no product ${goods}. Import the products of the list, then this again.`;
    case 'CURRENCY_CHANGED':
      return `The price of ${goods} is in ${rejection.was}. Give --currency ${rejection.was} if the list has that currency.`;
    case 'ORDER_NOT_FOUND':
      return `It refunds goods of ${undone}, which was not imported. Import that first, then this again.`;
    case 'REFUND_TOO_LARGE':
      return `More of ${undone} was refunded already than the list contains. Check the refunds of its order.`;
    case 'ORDER_DIFFERS':
      return `Invoice ${referenceOf(planned)} was imported before with other content. ${messageOf(rejection)}`;
    case 'REFUND_DIFFERS':
      return `The refund ${referenceOf(planned)} of ${undone} was imported before with other content. ${messageOf(rejection)}`;
    default:
      return messageOf(rejection);
  }
};

export const refusedBy = (rejection: Rejection, planned: Planned): Refused => {
  const { code, ...figures } = rejection;
  const sku = skuOf(planned, rejection);
  return {
    kind: planned.kind,
    reference: referenceOf(planned),
    sources: planned.sources,
    code,
    reason: reasonOf(planned, rejection),
    sku,
    figures,
  };
};

/** A refund that was not sent, because its order was refused: its prices or goods may differ from the stored ones. */
export const refusedWithOrder = (planned: PlannedRefund): Refused => ({
  kind: planned.kind,
  reference: referenceOf(planned),
  sources: planned.sources,
  code: 'ORDER_REFUSED',
  reason: `It refunds goods of invoice ${planned.undoes}, which was rejected. Import that first, then this again.`,
  figures: {},
});

/** A refund that was not sent, because its invoice has refunded another order before. */
export const refusedAsKnown = (planned: PlannedRefund, undone: string): Refused => ({
  ...refusedWithOrder(planned),
  code: 'REFUND_DIFFERS',
  reason: `${planned.reference} is known to have given back goods of invoice ${undone} otherwise than this list says. Nothing more is given back for it; look at the refunds of that order.`,
});

/** An item that is no valid input, such as a name of a thousand letters. */
export const unaskable = ({ code, message }: Fault, planned: Planned): Refused => ({
  kind: planned.kind,
  reference: referenceOf(planned),
  sources: planned.sources,
  code,
  reason: message,
  figures: {},
});

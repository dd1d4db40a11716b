import type { RejectionCode, RejectionOf } from './rejection';

/** What the caller can do: correct the input (`invalid`), log in, choose another thing, or wait until something has changed. */
export type RejectionKind = 'already-exists' | 'invalid' | 'not-found' | 'unauthenticated' | 'wrong-state';

type FigureName<Reason> = Exclude<keyof Reason, 'code'> & string;

/** A figure of a rejection, as clients see it. */
export type Figure = {
  /** The GraphQL type, which is never null. */
  readonly type: string;
  readonly text: string;
  /** The name of the field, where the figure's would clash with a field of a success. */
  readonly as?: string;
};

/** All that is shown of a rejection. Each text is one or two sentences. */
export type Row<Code extends RejectionCode> = {
  readonly kind: RejectionKind;
  /** What is wrong, whatever the figures. */
  readonly why: string;
  /** The same with the figures, where they say more. */
  readonly says?: (rejection: RejectionOf<Code>) => string;
  /** What the caller can do about it. */
  readonly remedy: string;
  readonly figures: Readonly<Record<FigureName<RejectionOf<Code>>, Figure>>;
  /** The names of the input field that it is about, where it is about one. */
  readonly about?: readonly string[];
};

/** A row for each rejection. */
export type Rows = { readonly [Code in RejectionCode]: Row<Code> };
export type SomeRows = Partial<Rows>;

const id = (of: string): Figure => ({ type: 'ID', text: `The ID of the ${of}.` });

/** Figures of several rejections. */
export const figures = {
  asked: { type: 'Money', text: 'The amount that was asked for.' },
  carrierMessageId: id('message'),
  linesMax: { type: 'Int', text: 'The maximum number of different products.' },
  orderId: id('order'),
  paymentId: id('payment'),
  productId: id('product'),
  refundId: id('refund'),
  reviewId: id('review'),
  shipmentId: id('shipment'),
  totalMinorMax: { type: 'SafeInt', text: 'The maximum amount, in minor units.' },
  trackingNumber: { type: 'String', text: 'The tracking number that was given.' },
  warehouseId: id('warehouse'),
} as const satisfies Readonly<Record<string, Figure>>;

import type { RejectionCode, RejectionOf } from './rejection';

/** The kind of a rejection, by which the caller can react: correct the input (`invalid`), log in, use another id, or wait for another state. */
export type RejectionKind = 'already-exists' | 'invalid' | 'not-found' | 'unauthenticated' | 'wrong-state';

type FigureName<Reason> = Exclude<keyof Reason, 'code'> & string;

/** A figure of a rejection, as clients see it. */
export type Figure = {
  /** The GraphQL type, which is never null. */
  readonly type: string;
  readonly text: string;
  /** The name of the field, if the figure's name would clash with a field of a success. */
  readonly as?: string;
};

/** The description of a rejection. Each text is one or two sentences. */
export type Row<Code extends RejectionCode> = {
  readonly kind: RejectionKind;
  /** The reason of the rejection, for any figures. */
  readonly why: string;
  /** The reason with the figures, if they add to it. */
  readonly says?: (rejection: RejectionOf<Code>) => string;
  /** The remedy for the caller; begins with a verb. */
  readonly remedy: string;
  /** The reason and the remedy in Chinese. */
  readonly whyZh: string | ((rejection: RejectionOf<Code>) => string);
  readonly remedyZh: string;
  readonly figures: Readonly<Record<FigureName<RejectionOf<Code>>, Figure>>;
  /** The possible names of the input field that caused the rejection, if one did. */
  readonly about?: readonly string[];
};

/** A row for each rejection. */
export type Rows = { readonly [Code in RejectionCode]: Row<Code> };
export type SomeRows = Partial<Rows>;

const id = (of: string): Figure => ({ type: 'ID', text: `The ID of the ${of}.` });

/** Figures of several rejections. */
export const figures = {
  asked: { type: 'Money', text: 'The requested amount.' },
  carrierMessageId: id('message'),
  field: { type: 'String', text: 'The name of the field.' },
  linesMax: { type: 'Int', text: 'The maximum number of different products.' },
  orderId: id('order'),
  paymentId: id('payment'),
  pictureId: id('picture'),
  postId: id('question or answer'),
  familyId: id('product family'),
  productId: id('product'),
  promotionId: id('promotion'),
  refundId: id('refund'),
  reviewId: id('review'),
  roleId: id('role'),
  shipmentId: id('shipment'),
  shippingMethodId: id('shipping method'),
  totalMinorMax: { type: 'SafeInt', text: 'The maximum amount, in minor units.' },
  trackingNumber: { type: 'String', text: 'The tracking number that was given.' },
  warehouseId: id('warehouse'),
} as const satisfies Readonly<Record<string, Figure>>;

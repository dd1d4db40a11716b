import type { Language } from '../../domain/kernel';
import { accountRejections } from './account';
import { addressBookRejections } from './address-book';
import { afterSalesRejections } from './after-sales';
import { captureRejections } from './capture';
import { catalogueRejections } from './catalogue';
import { notificationRejections } from './notification';
import { orderRejections } from './order';
import { quoteRejections } from './quote';
import { pictureRejections } from './picture';
import { platformRejections } from './platform';
import { categoryRejections } from './categories';
import { productFamilyRejections } from './product-family';
import { promotionRejections } from './promotion';
import { webhookRejections } from './webhook';
import type { Rejection, RejectionCode } from './rejection';
import { reviewRejections } from './review';
import type { Figure, RejectionKind, Rows } from './row';
import { shipmentRejections } from './shipment';
import { shippingRejections } from './shipping';
import { taxRejections } from './tax';

/** The one table of rejections, by code. A new code, or a new figure of one, stops the build until it is here. */
export const rejections: Rows = {
  ...accountRejections,
  ...addressBookRejections,
  ...afterSalesRejections,
  ...catalogueRejections,
  ...notificationRejections,
  ...orderRejections,
  ...quoteRejections,
  ...captureRejections,
  ...categoryRejections,
  ...pictureRejections,
  ...productFamilyRejections,
  ...promotionRejections,
  ...shipmentRejections,
  ...shippingRejections,
  ...taxRejections,
  ...reviewRejections,
  ...webhookRejections,
  ...platformRejections,
};

/** Returns the figures of a code by their names. */
export const figuresOf = (code: RejectionCode): Readonly<Record<string, Figure>> => rejections[code].figures;

// The table pairs each code with a function of that code's rejection; the compiler can't follow the pairing here.
type Saying = (rejection: Rejection) => string;

/** Returns the reason of the rejection with its figures. */
export const reasonOf = (rejection: Rejection, language: Language = 'en'): string => {
  const { why, says, whyZh } = rejections[rejection.code];
  if (language === 'zh') return typeof whyZh === 'string' ? whyZh : (whyZh as Saying)(rejection);
  return (says as Saying | undefined)?.(rejection) ?? why;
};

/** Returns what is wrong and what to do, for the person whose command was rejected. */
export const messageOf = (rejection: Rejection, language: Language = 'en'): string =>
  language === 'zh'
    ? `${reasonOf(rejection, 'zh')}${rejections[rejection.code].remedyZh}`
    : `${reasonOf(rejection)} ${rejections[rejection.code].remedy}`;

export type { Rejection, RejectionCode, RejectionOf } from './rejection';
export type { Figure, RejectionKind };

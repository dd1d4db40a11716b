import { administrators } from '../../domain/administrators';
import { account } from '../../domain/account';
import { carrierInbound } from '../../domain/carrier-inbound';
import { carrierMessage } from '../../domain/carrier-message';
import { cart } from '../../domain/cart';
import { idempotencyKey } from '../../domain/idempotency-key';
import { installation } from '../../domain/installation';
import { numbering } from '../../domain/numbering';
import { order } from '../../domain/order';
import { payment } from '../../domain/payment';
import { product } from '../../domain/product';
import { review } from '../../domain/review';
import { shipment } from '../../domain/shipment';
import { stock } from '../../domain/stock';
import { trackingNumber } from '../../domain/tracking-number';
import { warehouse } from '../../domain/warehouse';
import { worldCommand } from '../../domain/world-command';
import { worldLink } from '../../domain/world-link';

/** Of every aggregate that there is. */
export const categories: ReadonlySet<string> = new Set(
  [
    account,
    administrators,
    carrierInbound,
    carrierMessage,
    cart,
    idempotencyKey,
    installation,
    numbering,
    order,
    payment,
    product,
    review,
    shipment,
    stock,
    trackingNumber,
    warehouse,
    worldCommand,
    worldLink,
  ].map(({ category }) => category),
);

import type { AccountRejection } from '../../domain/account';
import type { AddressBookRejection } from '../../domain/address-book';
import type { AdministratorsRejection } from '../../domain/administrators';
import type { CarrierMessageRejection } from '../../domain/carrier-message';
import type { CartRejection } from '../../domain/cart';
import type { IdempotencyKeyRejection } from '../../domain/idempotency-key';
import type { NotificationRejection } from '../../domain/notification';
import type { OrderRejection } from '../../domain/order';
import type { PaymentRejection } from '../../domain/payment';
import type { ProductRejection } from '../../domain/product';
import type { ReviewRejection } from '../../domain/review';
import type { ShipmentRejection } from '../../domain/shipment';
import type { StockRejection } from '../../domain/stock';
import type { TrackingNumberRejection } from '../../domain/tracking-number';
import type { WarehouseRejection } from '../../domain/warehouse';
import type { WorldLinkRejection } from '../../domain/world-link';
import type { WarehouseId } from '../../domain/kernel';
import type { OperationRejection } from '../../platform/projections';

/** Rejections that need more than one aggregate, or none. */
export type UseCaseRejection =
  | { readonly code: 'PRODUCT_DISCONTINUED'; readonly productId: string }
  | { readonly code: 'PAYMENT_DECLINED'; readonly orderId: string; readonly reason: string }
  | { readonly code: 'PAYMENT_METHOD_UNKNOWN'; readonly method: string; readonly known: readonly string[] }
  | { readonly code: 'PASSWORD_TOO_SHORT'; readonly min: number }
  | { readonly code: 'PASSWORD_INVALID' }
  | { readonly code: 'SUBJECT_NOT_FOUND' }
  | { readonly code: 'WAREHOUSE_INACTIVE'; readonly warehouseId: WarehouseId }
  | { readonly code: 'PARKED_REACTION_NOT_FOUND'; readonly reactionId: string }
  | { readonly code: 'WORLD_NOT_SIMULATED' };

/** Every rejection of the platform. Codes are public and stable: docs/reference/errors.md lists them. */
export type Rejection =
  | AccountRejection
  | AddressBookRejection
  | AdministratorsRejection
  | CarrierMessageRejection
  | CartRejection
  | IdempotencyKeyRejection
  | NotificationRejection
  | OrderRejection
  | PaymentRejection
  | ProductRejection
  | ReviewRejection
  | ShipmentRejection
  | StockRejection
  | TrackingNumberRejection
  | WarehouseRejection
  // The other one is a fault of the gateway.
  | Extract<WorldLinkRejection, { readonly code: 'WORLD_ID_INVALID' }>
  | UseCaseRejection
  | OperationRejection;

export type RejectionCode = Rejection['code'];
/** The rejection of a code, with its figures. */
export type RejectionOf<Code extends RejectionCode> = Extract<Rejection, { readonly code: Code }>;

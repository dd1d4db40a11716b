import type { AccountRejection } from '../../domain/account';
import type { AddressBookRejection } from '../../domain/address-book';
import type { AdministratorsRejection } from '../../domain/administrators';
import type { AfterSalesRejection } from '../../domain/after-sales';
import type { AutomaticPromotionsRejection } from '../../domain/automatic-promotions';
import type { CarrierMessageRejection } from '../../domain/carrier-message';
import type { CartRejection } from '../../domain/cart';
import type { DefinedRolesRejection } from '../../domain/defined-roles';
import type { IdempotencyKeyRejection } from '../../domain/idempotency-key';
import type { MerchantRejection } from '../../domain/merchant';
import type { NotificationRejection } from '../../domain/notification';
import type { OrderRejection } from '../../domain/order';
import type { PaymentRejection } from '../../domain/payment';
import type { CategoriesRejection } from '../../domain/categories';
import type { PictureRejection } from '../../domain/picture';
import type { PostRejection } from '../../domain/post';
import type { ProductRejection } from '../../domain/product';
import type { ProductFamilyRejection } from '../../domain/product-family';
import type { PromotionRejection } from '../../domain/promotion';
import type { ReviewRejection } from '../../domain/review';
import type { ShipmentRejection } from '../../domain/shipment';
import type { ShippingMethodsRejection } from '../../domain/shipping-methods';
import type { TaxRatesRejection } from '../../domain/tax-rates';
import type { StockRejection } from '../../domain/stock';
import type { TrackingNumberRejection } from '../../domain/tracking-number';
import type { WarehouseRejection } from '../../domain/warehouse';
import type { WebhookEndpointsRejection } from '../../domain/webhook-endpoints';
import type { WorldLinkRejection } from '../../domain/world-link';
import type { Instant, ShippingMethodId, WarehouseId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { UrlProblem } from '../../platform/http-client';
import type { OperationRejection } from '../../platform/projections';

/** Rejections that need more than one aggregate, or none. */
export type UseCaseRejection =
  | { readonly code: 'PRODUCT_DISCONTINUED'; readonly productId: string }
  | { readonly code: 'PRODUCT_OF_ANOTHER_SELLER'; readonly productId: string }
  | { readonly code: 'COUPON_UNKNOWN'; readonly coupon: string }
  | { readonly code: 'SHIPPING_METHOD_REQUIRED'; readonly shippingMethodIds: readonly ShippingMethodId[] }
  | { readonly code: 'SHIPPING_METHOD_NOT_OFFERED'; readonly shippingMethodId: ShippingMethodId }
  | { readonly code: 'DESTINATION_REQUIRED' }
  | { readonly code: 'ADDRESS_GIVEN_TWICE' }
  | { readonly code: 'ADDRESS_NOT_LOCATED' }
  | { readonly code: 'QUOTE_NOT_VALID' }
  | {
      readonly code: 'QUOTE_EXPIRED';
      readonly changed: readonly string[];
      readonly was: Money;
      readonly now: Money;
      readonly quote: string;
      readonly validUntil: Instant;
    }
  | { readonly code: 'PAYMENT_DECLINED'; readonly orderId: string; readonly reason: string }
  | { readonly code: 'PAYMENT_METHOD_UNKNOWN'; readonly method: string; readonly known: readonly string[] }
  | { readonly code: 'PASSWORD_TOO_SHORT'; readonly min: number }
  | { readonly code: 'PASSWORD_INVALID' }
  | {
      readonly code: 'ACCOUNT_HAS_OPEN_MATTERS';
      readonly orders: number;
      readonly requests: number;
      readonly sales: number;
    }
  | { readonly code: 'PERMISSION_UNKNOWN'; readonly permission: string }
  | { readonly code: 'PERMISSIONS_NOT_HELD'; readonly missing: readonly string[] }
  | { readonly code: 'SUBJECT_NOT_FOUND' }
  | { readonly code: 'CONTRIBUTION_NOT_FOUND' }
  | { readonly code: 'PURCHASE_NOT_FOUND' }
  | { readonly code: 'WAREHOUSE_INACTIVE'; readonly warehouseId: WarehouseId }
  | { readonly code: 'PARKED_REACTION_NOT_FOUND'; readonly reactionId: string }
  | { readonly code: 'WEBHOOK_URL_REFUSED'; readonly url: string; readonly problem: UrlProblem }
  | { readonly code: 'WORLD_NOT_SIMULATED' };

/** Every rejection of the platform. Codes are public and stable: docs/reference/errors.md lists them. */
export type Rejection =
  | AccountRejection
  | AddressBookRejection
  | AdministratorsRejection
  | AfterSalesRejection
  | AutomaticPromotionsRejection
  | CarrierMessageRejection
  | CartRejection
  | DefinedRolesRejection
  | IdempotencyKeyRejection
  | MerchantRejection
  | NotificationRejection
  | OrderRejection
  | PaymentRejection
  | PictureRejection
  | PostRejection
  | ProductRejection
  | ProductFamilyRejection
  | PromotionRejection
  | ReviewRejection
  | ShipmentRejection
  | ShippingMethodsRejection
  | TaxRatesRejection
  | CategoriesRejection
  | StockRejection
  | TrackingNumberRejection
  | WarehouseRejection
  | WebhookEndpointsRejection
  // The other one is a fault of the gateway.
  | Extract<WorldLinkRejection, { readonly code: 'WORLD_ID_INVALID' }>
  | UseCaseRejection
  | OperationRejection;

export type RejectionCode = Rejection['code'];
/** The rejection of a code, with its figures. */
export type RejectionOf<Code extends RejectionCode> = Extract<Rejection, { readonly code: Code }>;

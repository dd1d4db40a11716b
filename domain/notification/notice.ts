import type {
  AccountId,
  Instant,
  NotificationChannel,
  NotificationId,
  NotificationTopic,
  OrderId,
  ProductId,
  SerialNumber,
  WarehouseId,
  WebhookEndpointId,
} from '../kernel';
import type { Money, TaxEntry } from '../money';

type OfOrder = { readonly orderId: OrderId; readonly orderNumber: SerialNumber };

/** The content of a notification, without the words and without personal data. `template` names the text. */
export type SingleNotice =
  /** `shipping`: the part of the payment that is the charge of the shipping; absent where there is none. */
  | (OfOrder & {
      readonly template: 'order-paid';
      readonly paid: Money;
      /** Present where the provider holds the money, and it is taken as the goods leave. */
      readonly isHeld?: true | undefined;
      readonly shipping?: Money | undefined;
      /** The tax that the payment includes, by rate; absent where there is none. */
      readonly taxes?: readonly Pick<TaxEntry, 'rateHundredths' | 'tax'>[] | undefined;
    })
  | (OfOrder & { readonly template: 'order-shipped' })
  | (OfOrder & { readonly template: 'order-delivered' })
  | (OfOrder & { readonly template: 'order-delayed' })
  | (OfOrder & { readonly template: 'after-sales'; readonly step: AfterSalesStep })
  /** The platform has disabled a webhook endpoint. `host`: of its URL. */
  | {
      readonly template: 'webhook-disabled';
      readonly endpointId: WebhookEndpointId;
      readonly host: string;
      readonly because: 'failing' | 'backlog' | 'gone';
      readonly isOfPlatform: boolean;
    }
  /** A warehouse has fewer pieces of a product than its threshold. `isForStaff`: to `staffDesk`, not to the seller. */
  | {
      readonly template: 'low-stock';
      readonly productId: ProductId;
      readonly sku: string;
      readonly productName: string;
      readonly warehouseId: WarehouseId;
      readonly onHand: number;
      readonly threshold: number;
      readonly isForStaff: boolean;
    }
  /** The account was logged in from a device that it did not know. The name of the device is personal, so it is not here. */
  | { readonly template: 'new-device'; readonly loggedInAt: Instant }
  /** Staff must act. `accountId` is `staffDesk`. */
  | (OfOrder & { readonly template: 'alert'; readonly about: AlertSubject })
  /** A message of staff. Its words are in an event of their own. */
  | {
      readonly template: 'message';
      readonly channel: NotificationChannel;
      readonly words?: Words | undefined;
    }
  /** With a link that has an effect. Its token is drawn when the e-mail is sent, and is not stored. */
  | { readonly template: 'verify-email' | 'reset-password' };

/** The words of a message, as staff wrote them. */
export type Words = { readonly subject: string; readonly text: string };

/** The step of an after-sales request. */
export type AfterSalesStep = 'approved' | 'refused' | 'refunded' | 'replaced' | 'closed';

/** The subject of an alert. */
export type AlertSubject = 'shipment-parked' | 'refund-refused' | 'capture-refused' | 'request-escalated';

/** A notice that a daily message has in place of a message of its own. */
export type GatheredNotice = { readonly notificationId: NotificationId; readonly notice: SingleNotice };

/** `digest`: those that were held back until the daily message, oldest first. */
export type Notice =
  SingleNotice | { readonly template: 'digest'; readonly items: readonly GatheredNotice[] };

/** In place of an account: staff, whose addresses for alerts are settings. */
export const staffDesk = '00000000-0000-0000-0000-000000000000' as AccountId;

export type Template = Notice['template'];

/** The topic by which an account declines a notification; undefined for one that cannot be declined. */
export const topicOf: Readonly<Record<Template, NotificationTopic | undefined>> = {
  'order-paid': 'payments',
  'order-shipped': 'deliveries',
  'order-delivered': 'deliveries',
  'order-delayed': 'deliveries',
  'after-sales': 'requests',
  'webhook-disabled': undefined,
  'new-device': undefined,
  'low-stock': 'stock',
  alert: undefined,
  digest: undefined,
  message: undefined,
  'verify-email': undefined,
  'reset-password': undefined,
};

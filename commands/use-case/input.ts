import { z } from 'zod';
import { afterSalesKinds, afterSalesReasons } from '../../domain/after-sales';
import type { WebhookOwner } from '../../domain/webhook-endpoints';
import {
  languages,
  notificationChannels,
  notificationPaces,
  notificationTopics,
  realms,
  reportReasons,
  roles,
} from '../../domain/kernel';
import type {
  AccountId,
  AddressId,
  AfterSalesId,
  NotificationId,
  CarrierMessageId,
  CategoryId,
  OrderId,
  PaymentId,
  PictureId,
  PostId,
  PriceScheduleId,
  ProductFamilyId,
  ProductId,
  PromotionId,
  RefundId,
  ReplenishmentId,
  ReviewId,
  RoleId,
  ShipmentId,
  ShippingMethodId,
  TruckId,
  WarehouseId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '../../domain/kernel';
import { epochMsOf, instantOf, type Instant } from '../../domain/kernel';
import { moneyMinorMax, taxCategories, type CurrencyCode } from '../../domain/money';
import { Fault } from '../../platform/faults';
import { plainWords, timeZoneSchema as timeZone } from '../../platform/validation';
import { illFormedTextIn } from '../../platform/well-formed-text';
import { named, ofKind, type Kind } from './fields';

const INT32_MAX = 2 ** 31 - 1;
const ID_LENGTH_MAX = 100;

// Lower-case, because an id names a stream and must do so in one spelling.
const uuid = <Id extends string>() => z.guid('not a UUID').transform((text) => text.toLowerCase() as Id);

// Text that is no UUID names a stream without events, so it is answered like any other unknown id.
const idOfSomething = <Id extends string>() =>
  z.string().transform((text) => text.slice(0, ID_LENGTH_MAX).toLowerCase() as Id);

const described = <Schema extends z.ZodType>(kind: Kind, description: string, schema: Schema): Schema =>
  ofKind(kind, schema.describe(description));

/** The account in whose name a command is sent. GraphQL takes it from the access token. */
export const callerIdSchema = described(
  'callerId',
  'The ID of the account of the caller.',
  uuid<AccountId>(),
);
export const accountIdSchema = described('id', 'The ID of the account.', uuid<AccountId>());
export const sellerIdSchema = described('id', 'The ID of the seller.', idOfSomething<AccountId>());
export const productIdSchema = described('id', 'The ID of the product.', idOfSomething<ProductId>());
export const productFamilyIdSchema = described(
  'id',
  'The ID of the product family.',
  idOfSomething<ProductFamilyId>(),
);
export const orderIdSchema = described('id', 'The ID of the order.', idOfSomething<OrderId>());
export const paymentIdSchema = described('id', 'The ID of the payment.', idOfSomething<PaymentId>());
export const pictureIdSchema = described('id', 'The ID of the picture.', idOfSomething<PictureId>());
export const promotionIdSchema = described('id', 'The ID of the promotion.', idOfSomething<PromotionId>());
export const shippingMethodIdSchema = described(
  'id',
  'The ID of the shipping method.',
  idOfSomething<ShippingMethodId>(),
);
export const categoryIdSchema = described('id', 'The ID of the category.', idOfSomething<CategoryId>());
export const priceScheduleIdSchema = described(
  'id',
  'The ID of the scheduled price.',
  idOfSomething<PriceScheduleId>(),
);
export const refundIdSchema = described('id', 'The ID of the refund.', idOfSomething<RefundId>());
export const shipmentIdSchema = described('id', 'The ID of the shipment.', idOfSomething<ShipmentId>());
export const carrierMessageIdSchema = described(
  'id',
  'The ID of the message.',
  idOfSomething<CarrierMessageId>(),
);
export const afterSalesIdSchema = described('id', 'The ID of the request.', idOfSomething<AfterSalesId>());
export const afterSalesKindSchema = described(
  'afterSalesKind',
  'The kind of the request.',
  z.enum(afterSalesKinds),
);
export const afterSalesReasonSchema = described('afterSalesReason', 'The reason.', z.enum(afterSalesReasons));
export const disputePartySchema = described(
  'disputeParty',
  'The party that is right.',
  z.enum(['CUSTOMER', 'SELLER']),
);
export const reviewIdSchema = described('id', 'The ID of the review.', idOfSomething<ReviewId>());
export const postIdSchema = described('id', 'The ID of the question or the answer.', idOfSomething<PostId>());
export const replenishmentIdSchema = described('id', 'The ID of the replenishment.', uuid<ReplenishmentId>());
export const warehouseIdSchema = described(
  'warehouseId',
  'The ID of the warehouse.',
  z.int().transform((number) => number as WarehouseId),
);
export const truckIdSchema = described(
  'truckId',
  'The number of the truck.',
  z
    .int()
    .min(0)
    .max(INT32_MAX)
    .transform((number) => number as TruckId),
);

// The domain rejects a number that is out of range, with the figures that explain it.
export const quantitySchema = described('quantity', 'The number of pieces.', z.number());
export const ratingSchema = described('rating', 'The rating, from 1 (worst) to 5 (best).', z.number());
export const placeSchema = named(
  'Place',
  "A point on the World's grid.",
  z.object({
    x: described('coordinate', 'From west to east; may be negative.', z.number()),
    y: described('coordinate', 'From south to north; may be negative.', z.number()),
  }),
);
export const moneySchema = named(
  'Money',
  'A sum of money.',
  z.object({
    // The domain rejects zero and negative amounts where they are invalid.
    amountMinor: described(
      'amount',
      "The amount in the currency's minor unit: 1300 GBP is 13.00 pounds.",
      z.int().min(-moneyMinorMax).max(moneyMinorMax),
    ),
    currency: described(
      'currency',
      'The currency.',
      z
        .string()
        .regex(/^[A-Z]{3}$/, 'three capital letters, as in GBP')
        .transform((text) => text as CurrencyCode),
    ),
  }),
);

/** RFC 3339 with a zone; as UTC with milliseconds. */
export const instantSchema = ofKind(
  'instant',
  z.iso.datetime({ offset: true }).transform((text) => instantOf(epochMsOf(text as Instant))),
);

/** The schema of trimmed text. The domain rejects empty text where it is invalid. */
export const textSchema = (lengthMax: number) => z.string().trim().max(lengthMax);
export const nameSchema = textSchema(200);
export const reasonSchema = textSchema(500).min(1).describe('The reason.');
export const paymentMethodSchema = textSchema(50)
  .min(1)
  .describe('The payment method: `test` on the embedded default.');
/** The code of a coupon in the form in which it is compared: without blanks at its ends, in capitals. */
export const couponSchema = described(
  'text',
  'The code of the coupon: 3 to 40 letters from A to Z, digits, `-` and `_`. Small letters count as capitals.',
  textSchema(100).transform((text) => text.normalize('NFKC').toUpperCase()),
);
/** Returns the normalised e-mail address, under which it has an account. */
export const canonicalEmail = (text: string): string => text.trim().toLowerCase().normalize('NFC');
export const emailSchema = described(
  'text',
  'The e-mail address.',
  textSchema(254).transform(canonicalEmail),
);
export const imageUrlSchema = z.url({ protocol: /^https?$/ }).max(2_000);
/** Long enough for any pass phrase, short enough to hash. */
export const passwordSchema = z.string().max(1_024).describe('The password.');
export const refreshTokenSchema = z.string().max(500).describe('The newest refresh token of the session.');
export const linkTokenSchema = z
  .string()
  .max(500)
  .describe('The token of the link: the text behind its `#`.');
/** The domain says which text is a telephone number. */
export const telephoneSchema = textSchema(40).describe(
  'The telephone number: 5 to 15 digits, after a `+` or not. Empty text removes it.',
);
export const languageSchema = described('language', 'The language of e-mails.', z.enum(languages));
export const notificationTopicSchema = described(
  'notificationTopic',
  'A topic of notifications.',
  z.enum(notificationTopics),
);
const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM, from 00:00 to 23:59');
export const notificationChannelSchema = described(
  'notificationChannel',
  'A way by which notifications are sent.',
  z.enum(notificationChannels),
);
export const notificationRouteSchema = named(
  'NotificationRoute',
  'The ways of one topic of notifications.',
  z.object({
    topic: notificationTopicSchema,
    channels: z
      .array(notificationChannelSchema)
      .min(1)
      .max(notificationChannels.length)
      .readonly()
      .describe('The first is tried first, another one where those before it fail.'),
  }),
);
export const notificationPaceSchema = described(
  'notificationPace',
  'Whether notifications come at once, or together once a day.',
  z.enum(notificationPaces),
);
export const quietHoursSchema = named(
  'QuietHours',
  'A part of each day in which no notifications come.',
  z.object({
    from: timeOfDaySchema.describe('The beginning in local time, as `22:00`.'),
    until: timeOfDaySchema.describe('The end in local time, perhaps on the next day.'),
  }),
);
export const timeZoneSchema = timeZone
  .max(100)
  .describe('The name of a time zone in the IANA data base, as `Europe/London`.');
export const notificationIdSchema = described(
  'id',
  'The ID of the notification.',
  idOfSomething<NotificationId>(),
);
export const webhookEndpointIdSchema = described(
  'id',
  'The ID of the webhook endpoint.',
  idOfSomething<WebhookEndpointId>(),
);
export const webhookDeliveryIdSchema = described(
  'id',
  'The ID of the delivery. One that the log does not have any more is not sent.',
  idOfSomething<WebhookDeliveryId>(),
);
export const webhookOwnerSchema = described(
  'id',
  'The owner: a merchant, or `platform` for the events of all merchants. Default: the caller.',
  idOfSomething<WebhookOwner>(),
);
export const deviceSchema = textSchema(100).describe(
  'The name of the device, as in `Firefox on Linux`. The list of sessions shows it.',
);
export const countrySchema = described(
  'text',
  'The country: two letters, ISO 3166-1.',
  textSchema(2).transform((text) => text.toUpperCase()),
);
export const taxCategorySchema = described(
  'taxCategory',
  'The category at whose rate goods are taxed.',
  z.enum(taxCategories),
);
export const addressIdSchema = described('id', 'The ID of the address.', uuid<AddressId>());
export const sessionIdSchema = described('id', 'The ID of the session.', uuid<string>());
export const roleIdSchema = described('id', 'The ID of the role that was defined.', uuid<RoleId>());
export const permissionSchema = textSchema(100).describe('A permission, an area (`order:*`), or all (`*`).');
export const reportReasonSchema = described(
  'reportReason',
  'The reason of the report.',
  z.enum(reportReasons),
);
export const realmSchema = described(
  'realm',
  'The realm in which the account logs in: its access tokens permit nothing of the others. Those of a session without one permit all that the account may do; that ends with a later version.',
  z.enum(realms),
);
export const roleSchema = described('role', 'The role.', z.enum(roles));

const nameOf = (path: readonly PropertyKey[]): string => path.join('.') || 'input';

/**
 * Parses external input.
 *
 * @throws Fault `INPUT_INVALID`; its message names the first wrong field and the reason.
 */
export const parse = <Output>(schema: z.ZodType<Output>, input: unknown): Output => {
  const illFormed = illFormedTextIn(input);
  if (illFormed) throw new Fault('INPUT_INVALID', `${nameOf(illFormed.path)}: ${illFormed.problem}`);
  const parsed = schema.safeParse(input, { error: plainWords });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('INPUT_INVALID', `${nameOf(issue?.path ?? [])}: ${issue?.message ?? 'invalid'}`, {
    cause: parsed.error,
  });
};

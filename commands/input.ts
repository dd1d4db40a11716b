import { z } from 'zod';
import { languages, notificationTopics, roles } from '../domain/kernel';
import type {
  AccountId,
  AddressId,
  NotificationId,
  CarrierMessageId,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  ReplenishmentId,
  ReviewId,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../domain/kernel';
import { epochMsOf, instantOf, type Instant } from '../domain/kernel';
import { moneyMinorMax, type CurrencyCode } from '../domain/money';
import { Fault } from '../platform/faults';
import { plainWords } from '../platform/validation';
import { illFormedTextIn } from '../platform/well-formed-text';
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
export const orderIdSchema = described('id', 'The ID of the order.', idOfSomething<OrderId>());
export const paymentIdSchema = described('id', 'The ID of the payment.', idOfSomething<PaymentId>());
export const refundIdSchema = described('id', 'The ID of the refund.', idOfSomething<RefundId>());
export const shipmentIdSchema = described('id', 'The ID of the shipment.', idOfSomething<ShipmentId>());
export const carrierMessageIdSchema = described(
  'id',
  'The ID of the message.',
  idOfSomething<CarrierMessageId>(),
);
export const reviewIdSchema = described('id', 'The ID of the review.', idOfSomething<ReviewId>());
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
export const notificationIdSchema = described(
  'id',
  'The ID of the notification.',
  idOfSomething<NotificationId>(),
);
export const deviceSchema = textSchema(100).describe(
  'The name of the device, as in `Firefox on Linux`. The list of sessions shows it.',
);
export const addressIdSchema = described('id', 'The ID of the address.', uuid<AddressId>());
export const sessionIdSchema = described('id', 'The ID of the session.', uuid<string>());
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

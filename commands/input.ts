import { z } from 'zod';
import { roles } from '../domain/kernel';
import type {
  AccountId,
  CarrierMessageId,
  OrderId,
  ProductId,
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

const INT32_MAX = 2 ** 31 - 1;
const ID_LENGTH_MAX = 100;

// Lower-case, because an id names a stream and must do so in one spelling.
const uuid = <Id extends string>() => z.guid('not a UUID').transform((text) => text.toLowerCase() as Id);

// Text that is no UUID names a stream that nobody ever wrote to: what it stands for is not found, as with any unknown id.
const idOfSomething = <Id extends string>() =>
  z.string().transform((text) => text.slice(0, ID_LENGTH_MAX).toLowerCase() as Id);

export const accountIdSchema = uuid<AccountId>();
export const sellerIdSchema = idOfSomething<AccountId>();
export const productIdSchema = idOfSomething<ProductId>();
export const orderIdSchema = idOfSomething<OrderId>();
export const shipmentIdSchema = idOfSomething<ShipmentId>();
export const carrierMessageIdSchema = idOfSomething<CarrierMessageId>();
export const reviewIdSchema = idOfSomething<ReviewId>();
export const replenishmentIdSchema = uuid<ReplenishmentId>();
export const warehouseIdSchema = z.int().transform((number) => number as WarehouseId);
export const truckIdSchema = z
  .int()
  .min(0)
  .max(INT32_MAX)
  .transform((number) => number as TruckId);

// What is a number here and yet out of range is the domain's to refuse, with the figures that explain it.
export const quantitySchema = z.number();
export const placeSchema = z.object({ x: z.number(), y: z.number() });
export const moneySchema = z.object({
  // Whether it may be nothing or less is the domain's to say.
  amountMinor: z.int().min(-moneyMinorMax).max(moneyMinorMax),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, as in GBP')
    .transform((text) => text as CurrencyCode),
});

/** RFC 3339 with a zone; as UTC with milliseconds. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => instantOf(epochMsOf(text as Instant)));

/** Text of a person: trimmed; whether it may be empty is the domain's to say. */
export const textSchema = (lengthMax: number) => z.string().trim().max(lengthMax);
export const nameSchema = textSchema(200);
export const reasonSchema = textSchema(500).min(1);
/** An e-mail address in the one spelling under which it has an account. */
export const canonicalEmail = (text: string): string => text.trim().toLowerCase().normalize('NFC');
export const emailSchema = textSchema(254).transform(canonicalEmail);
export const imageUrlSchema = z.url({ protocol: /^https?$/ }).max(2_000);
/** Long enough for any pass phrase, short enough to hash. */
export const passwordSchema = z.string().max(1_024);
export const roleSchema = z.enum(roles);

const nameOf = (path: readonly PropertyKey[]): string => path.join('.') || 'input';

/**
 * The first step of every use case: what came in, checked and typed.
 *
 * @throws Fault `INPUT_INVALID`; its message names the first field that is wrong, and why.
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

import { z } from 'zod';
import { plainWords } from '../../../platform/validation';
import type { SerialNumber, TruckId, WarehouseId } from '../../../domain/kernel';
import { isTrackingNumber } from '../../../domain/shipment';
import type { Read, Refusal } from './dialect';

const INT32_MAX = 2 ** 31 - 1;

/** The schema of a whole number; some carriers put it in quotes. */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^(0|-?[1-9]\d{0,15})$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );

export const serialNumber = whole(1, Number.MAX_SAFE_INTEGER).transform((value) => value as SerialNumber);
export const truckId = whole(-(2 ** 31), INT32_MAX).transform((value) => value as TruckId);
export const warehouseId = whole(1, INT32_MAX).transform((value) => value as WarehouseId);
export const quantity = whole(1, INT32_MAX);
export const sequenceNumber = whole(0, Number.MAX_SAFE_INTEGER);
/**
 * The schema of a tracking number: text, or a whole number below 2^53. A larger number was rounded when the JSON was
 * parsed.
 */
export const trackingNumber = z
  .union([z.string(), z.int().min(0).transform(String)])
  .transform((text) => text.trim())
  .refine(isTrackingNumber, {
    error:
      'must be text of 1 to 64 letters, digits and . _ / - or blanks between them, or a whole number below 2^53',
  });
const INT64_MAX = 2n ** 63n - 1n;
/** An int64, as a number or as text. */
export const worldNumber = z.union([
  z.int().min(0).transform(String),
  z
    .string()
    .regex(/^(0|[1-9]\d{0,18})$/)
    .refine((text) => BigInt(text) <= INT64_MAX),
]);
export const acks = z.array(sequenceNumber.transform((value) => value as SerialNumber)).max(1_000);

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const structural = (message: string): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { why: 'structure', message },
});

/** Lists the missing and invalid fields. */
const problemsOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');

/** Parses a body with a schema, or describes its errors. */
export const readWith = <Value>(
  schema: z.ZodType<Value>,
  body: unknown,
  toRead: (value: Value) => Read,
  why: Refusal['why'] = 'field',
): Read => {
  if (!isObject(body)) return structural('The body is no JSON object');
  const parsed = schema.safeParse(body, { error: plainWords });
  if (parsed.success) return toRead(parsed.data);
  return { ok: false, refusal: { why, message: problemsOf(parsed.error) } };
};

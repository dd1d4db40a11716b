import { z } from 'zod';
import type { SerialNumber, TruckId, WarehouseId } from '../../../domain/kernel';
import type { Read, Refusal } from './dialect';

const INT32_MAX = 2 ** 31 - 1;

/** A whole number; some carriers put theirs in quotes. */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );

export const serialNumber = whole(1, Number.MAX_SAFE_INTEGER).transform((value) => value as SerialNumber);
export const truckId = whole(-(2 ** 31), INT32_MAX).transform((value) => value as TruckId);
export const warehouseId = whole(1, INT32_MAX).transform((value) => value as WarehouseId);
export const quantity = whole(1, INT32_MAX);
export const sequenceNumber = whole(0, Number.MAX_SAFE_INTEGER);
export const trackingNumber = z.coerce.string().trim().min(1).max(100);
/** An int64, as a number or as text. */
export const worldNumber = z.union([z.int().min(0).transform(String), z.string().regex(/^\d{1,19}$/)]);
export const acks = z.array(sequenceNumber.transform((value) => value as SerialNumber)).max(1_000);

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const structural = (message: string): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { why: 'structure', message },
});

/** Names each field that is missing or wrong. */
const complaintOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');

/** Reads what a schema knows how to read, or says what is wrong with it. */
export const readWith = <Value>(
  schema: z.ZodType<Value>,
  body: unknown,
  understand: (value: Value) => Read,
  why: Refusal['why'] = 'field',
): Read => {
  if (!isObject(body)) return structural('The body is no JSON object');
  const parsed = schema.safeParse(body);
  if (parsed.success) return understand(parsed.data);
  return { ok: false, refusal: { why, message: complaintOf(parsed.error) } };
};

import { z } from 'zod';
import type { Instant, PictureId, Place, WarehouseId, WorldId } from '../domain/kernel';
import type { CurrencyCode, Money } from '../domain/money';

/**
 * Builds fields that several read models have. `kind` is the type that a gateway shows the field as, `form` the format of its text;
 * `describe` says what the field means in its document.
 */
export const text = <Value extends string>(kind: string, form?: string): z.ZodType<Value> =>
  z.string().meta({ kind, form }) as unknown as z.ZodType<Value>;

export const uuid = <Id extends string>(): z.ZodType<Id> => text<Id>('id', 'A UUID.');

export const pictureId = text<PictureId>('id', 'The SHA-256 of its file for a page, in hexadecimal digits.');

export const instant = text<Instant>('instant', 'RFC 3339, UTC, milliseconds.');

export const warehouseId = z.int32().meta({ kind: 'id' }) as unknown as z.ZodType<WarehouseId>;

export const worldId = text<WorldId>('text', "The World's number, an int64 as decimal text.");

export const correlationId = z
  .string()
  .describe('Identifies the request that started it, in logs and events.');

export const traceparent = z.string().nullable().describe('The W3C trace context of what caused it.');

export const money: z.ZodType<Money> = z
  .strictObject({
    amountMinor: z.int().describe("In the currency's minor unit: 1300 GBP is 13.00 pounds."),
    currency: text<CurrencyCode>('currency').describe('The currency: an ISO 4217 code in capitals.'),
  })
  .meta({ kind: 'money' });

export const place: z.ZodType<Place> = z
  .strictObject({
    x: z.int32().describe('From west to east.'),
    y: z.int32().describe('From south to north.'),
  })
  .meta({ kind: 'place' });

/** A value of another module's type that is kept as it is; its fields are not described. */
export const anyObject = <Value extends object>(): z.ZodType<Value> =>
  z.custom<Value>().meta({ type: 'object' });

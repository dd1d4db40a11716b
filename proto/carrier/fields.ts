import { z } from 'zod';

/** A shipment's or a product's number, which is the World's: a JSON number from 1 to 2^53 − 1. */
export const serial = z.int().min(1);
/** An int32. */
export const truckNumber = z.int32();
export const warehouseNumber = z.int32().min(1);
export const quantity = z.int32().min(1);
export const coordinate = z.int32();
export const trackingText = z.string().min(1).max(64);

/** Gives a schema the description of its published form. */
export const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description });

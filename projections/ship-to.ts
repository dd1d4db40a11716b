import { z } from 'zod';
import type { PostalAddress } from '../domain/kernel';

/** The postal address that goods are sent to, as documents show it. */
export const ShipTo = z
  .strictObject({
    recipient: z.string().describe('The name of the recipient.'),
    line1: z.string().describe('The street and the house number.'),
    line2: z.string().nullable().describe('The second line; null where there is none.'),
    city: z.string().describe('The city.'),
    region: z.string().nullable().describe('The state, province or county; null where none was given.'),
    postalCode: z.string().nullable().describe('The postal code; null where none was given.'),
    country: z.string().describe('The country: two capital letters, ISO 3166-1.'),
    telephone: z
      .string()
      .nullable()
      .describe('The telephone number for the delivery; null where none was given.'),
  })
  .describe('The postal address that goods are sent to.');
export type ShipTo = z.output<typeof ShipTo>;

/** Returns an address as documents show it. */
export const shownShipTo = (address: PostalAddress): ShipTo => {
  const { recipient, line1, line2 = null, city, region = null, postalCode = null } = address;
  const { country, telephone = null } = address;
  return { recipient, line1, line2, city, region, postalCode, country, telephone };
};

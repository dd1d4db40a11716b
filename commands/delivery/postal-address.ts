import { z } from 'zod';
import { named } from '../use-case/fields';
import { countrySchema, nameSchema, telephoneSchema, textSchema } from '../use-case/input';

const optionalText = (lengthMax: number, description: string) =>
  textSchema(lengthMax).describe(description).exactOptional();

/** The fields of an address. The domain says which of them may not be empty. */
export const addressFields = {
  recipient: nameSchema.describe('The name of the recipient.'),
  line1: textSchema(200).describe('The street and the house number.'),
  line2: optionalText(200, 'A second line, such as the flat or the company.'),
  city: textSchema(100).describe('The city.'),
  region: optionalText(100, 'The state, province or county.'),
  postalCode: optionalText(20, 'The postal code.'),
  country: countrySchema,
  telephone: telephoneSchema
    .describe('The telephone number for the delivery: 5 to 15 digits, after a `+` or not.')
    .exactOptional(),
};

export const postalAddressSchema = named('PostalAddress', 'A postal address.', z.object(addressFields));

export const addressRejections = ['ADDRESS_INCOMPLETE', 'COUNTRY_UNKNOWN', 'TELEPHONE_INVALID'] as const;

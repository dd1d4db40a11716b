import type { Rejection } from '../../../commands/rejections';
import { ids } from './edge';

type AddressCode = Extract<
  Rejection['code'],
  `ADDRESS_${string}` | 'COUNTRY_UNKNOWN' | 'DESTINATION_REQUIRED'
>;

/** One rejection of each code about postal addresses, with figures. */
export const addressSamples: {
  readonly [Code in AddressCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  ADDRESS_BOOK_FULL: { max: 20 },
  ADDRESS_NOT_FOUND: { addressId: ids.address },
  ADDRESS_INCOMPLETE: { field: 'city' },
  COUNTRY_UNKNOWN: { country: 'UK' },
  DESTINATION_REQUIRED: {},
  ADDRESS_GIVEN_TWICE: {},
  ADDRESS_NOT_LOCATED: {},
};

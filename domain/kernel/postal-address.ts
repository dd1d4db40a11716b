import { countries } from './country';
import { erasedText } from './personal-data';
import { isTelephone, telephoneDigits, telephoneDigitsMax, telephoneDigitsMin } from './telephone';
import { isBlank } from './visible';

/** An address that a parcel can be sent to. */
export type PostalAddress = {
  readonly recipient: string;
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  /** ISO 3166-1, two capital letters. */
  readonly country: string;
  readonly telephone?: string | undefined;
};

export type AddressRejection =
  | { readonly code: 'ADDRESS_INCOMPLETE'; readonly field: string }
  | { readonly code: 'COUNTRY_UNKNOWN'; readonly country: string }
  | { readonly code: 'TELEPHONE_INVALID'; readonly min: number; readonly max: number };

export const erasedAddress: PostalAddress = {
  recipient: erasedText,
  line1: erasedText,
  city: erasedText,
  country: '',
};

const required = ['recipient', 'line1', 'city'] as const;
const optional = ['line2', 'region', 'postalCode', 'telephone'] as const;

/** Returns the address without separators in its telephone number and without empty fields. */
export const tidiedAddress = (address: PostalAddress): PostalAddress => {
  const telephone = address.telephone && telephoneDigits(address.telephone);
  const all = { ...address, telephone };
  for (const field of optional) if (all[field] === '') all[field] = undefined;
  return all;
};

/** Returns the reason why no parcel can be sent to an address; undefined where one can. */
export const refusalOfAddress = ({
  country,
  telephone,
  ...address
}: PostalAddress): AddressRejection | undefined => {
  const field = required.find((name) => isBlank(address[name]));
  if (field !== undefined) return { code: 'ADDRESS_INCOMPLETE', field };
  if (!countries.has(country)) return { code: 'COUNTRY_UNKNOWN', country };
  if (telephone !== undefined && !isTelephone(telephone))
    return { code: 'TELEPHONE_INVALID', min: telephoneDigitsMin, max: telephoneDigitsMax };
  return undefined;
};

export const isSameAddress = (one: PostalAddress, other: PostalAddress): boolean =>
  [...required, ...optional, 'country' as const].every((field) => one[field] === other[field]);

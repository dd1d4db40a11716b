import type { Problem } from '../api';
import { useLanguage, type Language } from '../text';
import { useDeliveryWords } from '../text/delivery';
import { Input, Select, type Typed } from './form';
import type { Address } from './postal-address';

const required = ['recipient', 'line1', 'city'] as const;
export const addressInputNames = [...required, 'line2', 'region', 'postalCode', 'telephone'] as const;

export type TypedAddress = { readonly [Field in keyof Address]: string };

/** Returns the address that was typed into the inputs of a form. */
export const addressOf = (typed: Typed): TypedAddress => ({
  recipient: typed['recipient'] ?? '',
  line1: typed['line1'] ?? '',
  line2: typed['line2'] ?? '',
  city: typed['city'] ?? '',
  region: typed['region'] ?? '',
  postalCode: typed['postalCode'] ?? '',
  country: typed['country'] ?? '',
  telephone: typed['telephone'] ?? '',
});

const autoComplete: Readonly<Record<(typeof addressInputNames)[number], string>> = {
  recipient: 'name',
  line1: 'address-line1',
  line2: 'address-line2',
  city: 'address-level2',
  region: 'address-level1',
  postalCode: 'postal-code',
  telephone: 'tel',
};

/** Returns the countries with their names in the language, by name. */
const countryNames = (
  codes: readonly string[],
  language: Language,
): readonly (readonly [string, string])[] => {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return codes
    .map((code) => [code, names.of(code) ?? code] as const)
    .toSorted(([, one], [, other]) => one.localeCompare(other, language));
};

const shownOrder = ['recipient', 'line1', 'line2', 'postalCode', 'city', 'region', 'telephone'] as const;

/** The inputs of a postal address. `of`: what they hold at first. */
export function AddressInputs({
  of,
  countries,
  problem,
}: {
  readonly of?: Address | undefined;
  readonly countries: readonly string[];
  readonly problem: Problem | undefined;
}) {
  const { addresses } = useDeliveryWords();
  const language = useLanguage();
  return (
    <>
      {shownOrder.map((field) => (
        <Input
          key={field}
          name={field}
          label={addresses.fields[field]}
          autoComplete={autoComplete[field]}
          defaultValue={of?.[field] ?? ''}
          required={required.some((name) => name === field)}
          problem={problem}
        />
      ))}
      <Select
        name="country"
        label={addresses.fields.country}
        options={countryNames(countries, language)}
        value={of?.country ?? (language === 'zh' ? 'CN' : 'GB')}
      />
    </>
  );
}

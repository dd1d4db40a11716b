import { useState } from 'react';
import { graphql, rejection, useAction, useShown, type Problem, type ResultOf } from '../api';
import { useLanguage, type Language } from '../text';
import { useAccountWords } from '../text/account';
import { ActionButton, Form, Input, Select, type Typed } from '../ui/form';
import { Empty, Loaded } from '../ui/states';
import { useUndo } from '../ui/undo';

const addressesQuery = graphql(`
  query OwnAddresses {
    addresses {
      id
      recipient
      line1
      line2
      city
      region
      postalCode
      country
      telephone
      isDefault
    }
    countries
  }
`);

type Address = NonNullable<ResultOf<typeof addressesQuery>['addresses']>[number];

const addAddress = graphql(
  `
    mutation AddAddress($input: AddAddressInput!) {
      addAddress(input: $input) {
        __typename
        ... on AddAddressSuccess {
          consistencyToken
          address {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const changeAddress = graphql(
  `
    mutation ChangeAddress($input: ChangeAddressInput!) {
      changeAddress(input: $input) {
        __typename
        ... on ChangeAddressSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const removeAddress = graphql(
  `
    mutation RemoveAddress($input: RemoveAddressInput!) {
      removeAddress(input: $input) {
        __typename
        ... on RemoveAddressSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const chooseDefaultAddress = graphql(
  `
    mutation ChooseDefaultAddress($input: ChooseDefaultAddressInput!) {
      chooseDefaultAddress(input: $input) {
        __typename
        ... on ChooseDefaultAddressSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const required = ['recipient', 'line1', 'city'] as const;
const fields = [...required, 'line2', 'region', 'postalCode', 'telephone'] as const;

const addressOf = (typed: Typed) => ({
  recipient: typed['recipient'] ?? '',
  line1: typed['line1'] ?? '',
  line2: typed['line2'] ?? '',
  city: typed['city'] ?? '',
  region: typed['region'] ?? '',
  postalCode: typed['postalCode'] ?? '',
  country: typed['country'] ?? '',
  telephone: typed['telephone'] ?? '',
});

const autoComplete: Readonly<Record<(typeof fields)[number], string>> = {
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

function AddressForm({
  of,
  countries,
  submit,
  action,
  onSubmit,
}: {
  readonly of?: Address;
  readonly countries: readonly string[];
  readonly submit: string;
  readonly action: { readonly isRunning: boolean; readonly problem: Problem | undefined };
  readonly onSubmit: (address: ReturnType<typeof addressOf>, form: HTMLFormElement) => void;
}) {
  const { addresses } = useAccountWords();
  const language = useLanguage();
  return (
    <Form
      submit={submit}
      isRunning={action.isRunning}
      problem={action.problem}
      fields={fields}
      onSubmit={(typed, form) => onSubmit(addressOf(typed), form)}
    >
      {shownOrder.map((field) => (
        <Input
          key={field}
          name={field}
          label={addresses.fields[field]}
          autoComplete={autoComplete[field]}
          defaultValue={of?.[field] ?? ''}
          required={required.some((name) => name === field)}
          problem={action.problem}
        />
      ))}
      <Select
        name="country"
        label={addresses.fields.country}
        options={countryNames(countries, language)}
        value={of?.country ?? (language === 'zh' ? 'CN' : 'GB')}
      />
    </Form>
  );
}

function AddressCard({
  of,
  countries,
  onRemoved,
}: {
  readonly of: Address;
  readonly countries: readonly string[];
  readonly onRemoved: (address: Address) => void;
}) {
  const { addresses } = useAccountWords();
  const language = useLanguage();
  const [isChanging, setChanging] = useState(false);
  const change = useAction(changeAddress);
  const remove = useAction(removeAddress);
  const choose = useAction(chooseDefaultAddress);
  const country = new Intl.DisplayNames(language, { type: 'region' }).of(of.country);
  const town = [of.postalCode, of.city, of.region].filter(Boolean).join(' ');
  const save = async (address: ReturnType<typeof addressOf>): Promise<void> => {
    const done = await change.run({ addressId: of.id, ...address });
    if (done !== undefined) setChanging(false);
  };
  const removeIt = async (): Promise<void> => {
    if (await remove.run({ addressId: of.id })) onRemoved(of);
  };
  return (
    <article className="address">
      <address>
        {[of.recipient, of.line1, of.line2, town, country, of.telephone].filter(Boolean).map((line) => (
          <span key={line}>
            {line}
            <br />
          </span>
        ))}
      </address>
      {of.isDefault ? (
        <p>{addresses.isDefault}</p>
      ) : (
        <ActionButton
          label={addresses.makeDefault(of.recipient)}
          action={choose}
          onRun={() => void choose.run({ addressId: of.id })}
        />
      )}{' '}
      <button type="button" aria-expanded={isChanging} onClick={() => setChanging(!isChanging)}>
        {addresses.change(of.recipient)}
      </button>{' '}
      <ActionButton label={addresses.remove(of.recipient)} action={remove} onRun={() => void removeIt()} />
      {isChanging && (
        <AddressForm
          of={of}
          countries={countries}
          submit={addresses.save}
          action={change}
          onSubmit={(address) => void save(address)}
        />
      )}
    </article>
  );
}

/** Offers to put back the address that was removed last, as the default one if it was that. */
const useRemovedAddress = () => {
  const { addresses } = useAccountWords();
  const add = useAction(addAddress);
  const choose = useAction(chooseDefaultAddress);
  const { note, offer } = useUndo(add);
  const putBack = async (of: Address) => {
    const { recipient, line1, line2, city, region, postalCode, country, telephone } = of;
    const added = await add.run({ recipient, line1, line2, city, region, postalCode, country, telephone });
    if (of.isDefault && added?.address) await choose.run({ addressId: added.address.id });
    return added;
  };
  return {
    note,
    onRemoved: (address: Address) => offer(addresses.removed(address.recipient), () => putBack(address)),
  };
};

/** The address book of the signed-in account. */
export function OwnAddresses() {
  const { addresses } = useAccountWords();
  const shown = useShown(addressesQuery, {});
  const action = useAction(addAddress);
  const removed = useRemovedAddress();
  const add = async (address: ReturnType<typeof addressOf>, form: HTMLFormElement): Promise<void> => {
    if ((await action.run(address)) !== undefined) form.reset();
  };
  return (
    <section aria-labelledby="addresses">
      <h2 id="addresses">{addresses.title}</h2>
      {removed.note}
      <Loaded shown={shown}>
        {({ addresses: book, countries }) => (
          <>
            {book?.length === 0 && <Empty>{addresses.none}</Empty>}
            {book?.map((address) => (
              <AddressCard
                key={address.id}
                of={address}
                countries={countries ?? []}
                onRemoved={removed.onRemoved}
              />
            ))}
            <details>
              <summary>{addresses.add}</summary>
              <AddressForm
                countries={countries ?? []}
                submit={addresses.saveNew}
                action={action}
                onSubmit={(address, form) => void add(address, form)}
              />
            </details>
          </>
        )}
      </Loaded>
    </section>
  );
}

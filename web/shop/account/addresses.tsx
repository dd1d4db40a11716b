import { useState } from 'react';
import { graphql, rejection, useAction, useShown, type Problem } from '../../api';
import { useDeliveryWords } from '../../text/delivery';
import { ActionButton, Form } from '../../ui/form';
import { PostalAddress } from '../../ui/postal-address';
import { Empty, Loaded } from '../../ui/states';
import { useUndo } from '../../ui/undo';
import { addressBookFields, type AddressBook } from './address-book';
import { AddressInputs, addressInputNames, addressOf } from '../../ui/address-inputs';

const addressesQuery = graphql(
  `
    query OwnAddresses {
      ...AddressBookFields
    }
  `,
  [addressBookFields],
);

type Address = NonNullable<AddressBook['addresses']>[number];

export const addAddress = graphql(
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
  return (
    <Form
      submit={submit}
      isRunning={action.isRunning}
      problem={action.problem}
      fields={addressInputNames}
      onSubmit={(typed, form) => onSubmit(addressOf(typed), form)}
    >
      <AddressInputs of={of} countries={countries} problem={action.problem} />
    </Form>
  );
}

const fieldsOf = ({ recipient, line1, line2, city, region, postalCode, country, telephone }: Address) => ({
  ...{ recipient, line1, line2, city, region, postalCode, country, telephone },
});

function AddressCard({
  of,
  countries,
  onRemoved,
  onRefused,
}: {
  readonly of: Address;
  readonly countries: readonly string[];
  readonly onRemoved: (address: Address) => void;
  /** Shows the address book as it is now. */
  readonly onRefused: () => void;
}) {
  const { addresses } = useDeliveryWords();
  const [isChanging, setChanging] = useState(false);
  const change = useAction(changeAddress);
  const remove = useAction(removeAddress);
  const choose = useAction(chooseDefaultAddress);
  const save = async (address: ReturnType<typeof addressOf>): Promise<void> => {
    const done = await change.run({ addressId: of.id, ...address, expected: fieldsOf(of) });
    if (done === undefined) onRefused();
    else setChanging(false);
  };
  const removeIt = async (): Promise<void> => {
    if (await remove.run({ addressId: of.id })) onRemoved(of);
  };
  return (
    <article className="address">
      <PostalAddress of={of} />
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
  const { addresses } = useDeliveryWords();
  const add = useAction(addAddress);
  const choose = useAction(chooseDefaultAddress);
  const { note, offer } = useUndo(add);
  const putBack = async (of: Address) => {
    const added = await add.run(fieldsOf(of));
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
  const { addresses } = useDeliveryWords();
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
                onRefused={shown.reload}
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

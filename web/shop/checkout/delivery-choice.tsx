import { useState, type FocusEvent } from 'react';
import type { Problem } from '../../api';
import { useDeliveryWords } from '../../text/delivery';
import { Select, type Typed } from '../../ui/form';
import { PostalAddress } from '../../ui/postal-address';
import type { AddressBook } from '../account/address-book';
import { AddressInputs, addressOf, type TypedAddress } from '../../ui/address-inputs';
import { PlaceInputs, type ChosenPlace } from './place-inputs';

/** The destination of an order, as the API takes it. */
export type DeliveryWish = {
  readonly destination: ChosenPlace['point'] | null;
  readonly addressId: string | null;
  readonly address: TypedAddress | null;
};

const none: DeliveryWish = { destination: null, addressId: null, address: null };

const PLACE = 'place';
const NEW = 'new';

/** The delivery that is being chosen: an entry of the address book, a new address, or a place on the map. */
export type ChosenDelivery = {
  readonly chosen: string;
  readonly choose: (choice: string) => void;
  readonly place: ChosenPlace;
  readonly book: NonNullable<AddressBook['addresses']>;
  readonly countries: readonly string[];
  /** The choice so far; without anything while it is not complete. */
  readonly wish: DeliveryWish;
  readonly note: (address: TypedAddress) => void;
};

const isComplete = ({ recipient, line1, city }: TypedAddress): boolean =>
  [recipient, line1, city].every((text) => text.trim() !== '');

/** Holds where an order is to go: at first to the default address of the book, or to a place where there is none. */
export const useDelivery = (
  place: ChosenPlace,
  { addresses, countries }: AddressBook,
  begin?: 'place',
): ChosenDelivery => {
  const book = addresses ?? [];
  const preferred = begin ?? book.find(({ isDefault }) => isDefault)?.id ?? PLACE;
  const [choice, choose] = useState(preferred);
  const [typed, note] = useState<TypedAddress>();
  // An address may have been removed from the book meanwhile.
  const chosen = choice === NEW || book.some(({ id }) => id === choice) ? choice : PLACE;
  const wish =
    chosen === PLACE
      ? { ...none, destination: place.point ?? null }
      : chosen === NEW
        ? { ...none, address: typed && isComplete(typed) ? typed : null }
        : { ...none, addressId: chosen };
  return { ...{ chosen, choose, place, book, countries: countries ?? [], wish }, note };
};

export const isOnMap = ({ chosen }: ChosenDelivery): boolean => chosen === PLACE;
export const isNewAddress = ({ chosen }: ChosenDelivery): boolean => chosen === NEW;

/** Tests whether the wish says where the order is to go. */
export const isChosen = ({ destination, addressId, address }: DeliveryWish): boolean =>
  [destination, addressId, address].some((one) => one !== null);

/** Returns the wish with the address as the form has it now. */
export const wishOf = (delivery: ChosenDelivery, typed: Typed): DeliveryWish =>
  isNewAddress(delivery) ? { ...none, address: addressOf(typed) } : delivery.wish;

function NewAddress({
  of: { countries, note },
  canSave,
  problem,
}: {
  readonly of: ChosenDelivery;
  readonly canSave: boolean;
  readonly problem: Problem | undefined;
}) {
  const { delivery } = useDeliveryWords();
  // Its place, and what depends on it, is found when an input is left and not at each key.
  const left = ({ currentTarget }: FocusEvent<HTMLFieldSetElement>): void => {
    if (currentTarget.form === null) return;
    const entries = [...new FormData(currentTarget.form)];
    note(
      addressOf(
        Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
      ),
    );
  };
  return (
    <fieldset onBlur={left}>
      <legend>{delivery.newAddress}</legend>
      <AddressInputs countries={countries} problem={problem} />
      {canSave && (
        <label>
          <input type="checkbox" name="saveAddress" /> {delivery.save}
        </label>
      )}
    </fieldset>
  );
}

/** The choice of the delivery as inputs of a form. `canSave`: a new address can be put into the address book (`saveAddress`). */
export function DeliveryInputs({
  of,
  canSave = false,
  problem,
}: {
  readonly of: ChosenDelivery;
  readonly canSave?: boolean;
  readonly problem: Problem | undefined;
}) {
  const { delivery } = useDeliveryWords();
  const { chosen, choose, book } = of;
  const entry = book.find(({ id }) => id === chosen);
  return (
    <>
      <Select
        name="deliverTo"
        label={delivery.deliverTo}
        value={chosen}
        onChange={choose}
        options={[
          ...book.map(({ id, recipient, line1, city }) => [id, `${recipient}, ${line1}, ${city}`] as const),
          [NEW, delivery.newAddress],
          [PLACE, delivery.onMap],
        ]}
      />
      {entry && <PostalAddress of={entry} />}
      {isNewAddress(of) && <NewAddress of={of} canSave={canSave} problem={problem} />}
      {isOnMap(of) && <PlaceInputs of={of.place} problem={problem} />}
    </>
  );
}

import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import { addressBook, addressesMax, type AddressBookCommand, type AddressBookEvent } from './address-book';
import type { AccountId, AddressId, Instant, PostalAddress } from './kernel';

const accountId = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const [home, work] = ['home' as AddressId, 'work' as AddressId];

const harbour: PostalAddress = {
  recipient: 'Ada Lovelace',
  line1: '12 Harbour Street',
  city: 'London',
  postalCode: 'SE1 2AB',
  country: 'GB',
};
const of = (addressId: AddressId) => ({ accountId, addressId, at });
const add = (addressId: AddressId, address = harbour): AddressBookCommand => ({
  type: 'AddAddress',
  ...of(addressId),
  address,
});
const change = (addressId: AddressId, address: PostalAddress): AddressBookCommand => ({
  type: 'ChangeAddress',
  ...of(addressId),
  address,
});
const remove = (addressId: AddressId): AddressBookCommand => ({ type: 'RemoveAddress', ...of(addressId) });
const choose = (addressId: AddressId): AddressBookCommand => ({
  type: 'ChooseDefaultAddress',
  ...of(addressId),
});
const added = (addressId: AddressId, address = harbour): AddressBookEvent => ({
  type: 'AddressAdded',
  data: { accountId, addressId, address, addedAt: at },
});
const changed = (addressId: AddressId, address: PostalAddress): AddressBookEvent => ({
  type: 'AddressChanged',
  data: { accountId, addressId, address, changedAt: at },
});
const removed = (addressId: AddressId): AddressBookEvent => ({
  type: 'AddressRemoved',
  data: { accountId, addressId, removedAt: at },
});
const chosen = (addressId: AddressId): AddressBookEvent => ({
  type: 'DefaultAddressChosen',
  data: { accountId, addressId, chosenAt: at },
});

describe('AddAddress', () => {
  it('adds it, and chooses the first one as the default', () => {
    given(addressBook, [])
      .when(add(home))
      .then([added(home), chosen(home)]);
    given(addressBook, [added(home), chosen(home)])
      .when(add(work))
      .then([added(work)]);
  });

  it('keeps the digits of the telephone number and no empty field', () =>
    given(addressBook, [added(home), chosen(home)])
      .when(add(work, { ...harbour, line2: '', region: '', telephone: '+44 20 7946-0958' }))
      .then([added(work, { ...harbour, telephone: '+442079460958' })]));

  it.each(['recipient', 'line1', 'city'] as const)('refuses one without its %s', (field) =>
    given(addressBook, [])
      .when(add(home, { ...harbour, [field]: '\u200b ' }))
      .thenRejected({ code: 'ADDRESS_INCOMPLETE', field }),
  );

  it.each(['', 'UK', 'gb', 'GBR', 'constructor'])('refuses the country "%s"', (country) =>
    given(addressBook, [])
      .when(add(home, { ...harbour, country }))
      .thenRejected({ code: 'COUNTRY_UNKNOWN', country }),
  );

  it('refuses what is no telephone number', () =>
    given(addressBook, [])
      .when(add(home, { ...harbour, telephone: 'none' }))
      .thenRejected({ code: 'TELEPHONE_INVALID', min: 5, max: 15 }));

  it('refuses one more than the book can hold', () =>
    given(
      addressBook,
      Array.from({ length: addressesMax }, (_, index) => added(`a${index}` as AddressId)),
    )
      .when(add(home))
      .thenRejected({ code: 'ADDRESS_BOOK_FULL', max: addressesMax }));
});

describe('ChangeAddress', () => {
  const moved = { ...harbour, line1: '1 Quay' };

  it('replaces the whole address', () =>
    given(addressBook, [added(home, { ...harbour, line2: 'Flat 3' }), chosen(home)])
      .when(change(home, moved))
      .then([changed(home, moved)]));

  it('has nothing to record where nothing differs', () =>
    given(addressBook, [added(home)])
      .when(change(home, { ...harbour, line2: '' }))
      .then([]));

  it('has the same rules as a new one', () =>
    given(addressBook, [added(home)])
      .when(change(home, { ...harbour, country: 'UK' }))
      .thenRejected({ code: 'COUNTRY_UNKNOWN', country: 'UK' }));
});

describe('RemoveAddress', () => {
  it('removes it, and chooses the oldest one after the default one', () => {
    const book = [added(home), chosen(home), added(work), added('third' as AddressId)];
    given(addressBook, book)
      .when(remove(home))
      .then([removed(home), chosen(work)]);
    given(addressBook, book)
      .when(remove(work))
      .then([removed(work)]);
  });

  it('leaves an empty book without a default', () =>
    given(addressBook, [added(home), chosen(home)])
      .when(remove(home))
      .then([removed(home)]));

  it('has nothing to record of one that is not there', () =>
    given(addressBook, []).when(remove(home)).then([]));
});

describe('ChooseDefaultAddress', () => {
  it('chooses another one', () =>
    given(addressBook, [added(home), chosen(home), added(work)])
      .when(choose(work))
      .then([chosen(work)]));

  it('has nothing to record of the present one', () =>
    given(addressBook, [added(home), chosen(home)])
      .when(choose(home))
      .then([]));
});

it.each([change(home, harbour), choose(home)])('does not find an unknown address: $type', (command) =>
  given(addressBook, []).when(command).thenRejected({ code: 'ADDRESS_NOT_FOUND', addressId: home }),
);

it('is bounded, has a default unless it is empty, and records any command, sent twice, once', () => {
  alongEveryWalk(
    addressBook,
    ({ addresses }) => {
      const ids = Object.keys(addresses) as AddressId[];
      const next = `a${ids.length}` as AddressId;
      return [
        ...Array.from({ length: 30 }, (_, index) => add(`${next}-${index}` as AddressId)),
        ...ids.slice(0, 2).flatMap((id) => [remove(id), choose(id), change(id, { ...harbour, line2: id })]),
      ];
    },
    (step) => {
      recordsOnce(addressBook, step);
      const { addresses, defaultId } = step.after;
      expect(Object.keys(addresses).length).toBeLessThanOrEqual(addressesMax);
      if (defaultId === undefined) expect(addresses).toEqual({});
      else expect(addresses[defaultId]).toBeDefined();
    },
  );
});

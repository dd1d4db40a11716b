import type { AddressBookEvent } from '../domain/address-book';
import type { AccountId, AddressId, Instant } from '../domain/kernel';
import { erased } from '../tests/support/domain/erased';
import { itProjects } from '../tests/support/projections/it-projects';
import { addressBooks, type AddressBook, type PostalAddress } from './address-books';

const id = 'ada' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const [home, work] = ['home' as AddressId, 'work' as AddressId];
const harbour = { recipient: 'Ada', line1: '12 Harbour Street', city: 'London', country: 'GB' };
const full = { ...harbour, line2: 'Flat 3', region: 'Kent', postalCode: 'CT1', telephone: '+4412345' };

const added: AddressBookEvent = {
  type: 'AddressAdded',
  data: { accountId: id, addressId: home, address: harbour, addedAt: at },
};
const second: AddressBookEvent = {
  type: 'AddressAdded',
  data: { accountId: id, addressId: work, address: full, addedAt: at },
};
const changed: AddressBookEvent = {
  type: 'AddressChanged',
  data: { accountId: id, addressId: home, address: full, changedAt: at },
};
const removed = (addressId: AddressId): AddressBookEvent => ({
  type: 'AddressRemoved',
  data: { accountId: id, addressId, removedAt: at },
});
const chosen = (addressId: AddressId): AddressBookEvent => ({
  type: 'DefaultAddressChosen',
  data: { accountId: id, addressId, chosenAt: at },
});

const none = { line2: null, region: null, postalCode: null, telephone: null };
const ofHome = (isDefault: boolean): PostalAddress => ({ id: home, ...harbour, ...none, isDefault });
const ofWork = (isDefault: boolean): PostalAddress => ({ id: work, ...full, isDefault });
const book = (...addresses: readonly PostalAddress[]): AddressBook => ({ id, addresses });

itProjects(addressBooks, [
  { on: added, because: 'begins a book', touches: [{ id, after: book(ofHome(false)) }] },
  {
    on: second,
    because: 'is added at the end',
    touches: [{ id, before: book(ofHome(true)), after: book(ofHome(true), ofWork(false)) }],
  },
  {
    on: changed,
    because: 'is replaced where it stands',
    touches: [
      {
        id,
        before: book(ofHome(true), ofWork(false)),
        after: book({ ...ofWork(true), id: home }, ofWork(false)),
      },
    ],
  },
  { on: changed, because: 'is of an unknown book', touches: [{ id }] },
  {
    on: removed(home),
    because: 'is no more',
    touches: [{ id, before: book(ofHome(true), ofWork(false)), after: book(ofWork(false)) }],
  },
  { on: removed(home), because: 'was the last one', touches: [{ id, before: book(ofHome(true)) }] },
  { on: removed(home), because: 'is of an unknown book', touches: [{ id }] },
  {
    on: chosen(work),
    because: 'is the only default one',
    touches: [{ id, before: book(ofHome(true), ofWork(false)), after: book(ofHome(false), ofWork(true)) }],
  },
  {
    on: erased(id, `address_book-${id}`, `account-${id}`),
    because: 'is of a person who was erased',
    touches: [{ id, before: book(ofHome(true)) }],
  },
  { on: chosen(work), because: 'is of an unknown book', touches: [{ id }] },
]);

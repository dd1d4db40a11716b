import {
  accept,
  erasedAddress,
  isAsSeen,
  isSameAddress,
  refusalOfAddress,
  reject,
  tidiedAddress,
  unreachable,
  type AccountId,
  type AddressId,
  type AddressRejection,
  type ChangedMeanwhile,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type PersonalData,
  type PostalAddress,
} from './kernel';

type OfAddress = { accountId: AccountId; addressId: AddressId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type AddressAdded = Fact<'AddressAdded', OfAddress & { address: PostalAddress; addedAt: Instant }>;

/** The whole address after the change. */
export type AddressChanged = Fact<
  'AddressChanged',
  OfAddress & { address: PostalAddress; changedAt: Instant }
>;

export type AddressRemoved = Fact<'AddressRemoved', OfAddress & { removedAt: Instant }>;

/** The first address of a book, and the oldest one after the default one was removed, is chosen with it. */
export type DefaultAddressChosen = Fact<'DefaultAddressChosen', OfAddress & { chosenAt: Instant }>;

export type AddressBookEvent = AddressAdded | AddressChanged | AddressRemoved | DefaultAddressChosen;

export const addressBookEventTypes = {
  AddressAdded: true,
  AddressChanged: true,
  AddressRemoved: true,
  DefaultAddressChosen: true,
} as const satisfies Record<AddressBookEvent['type'], true>;

const personalData: PersonalData<AddressBookEvent> = {
  AddressAdded: { person: 'accountId', erased: { address: erasedAddress } },
  AddressChanged: { person: 'accountId', erased: { address: erasedAddress } },
};

type To = { readonly accountId: AccountId; readonly addressId: AddressId; readonly at: Instant };

type AddAddress = To & { readonly type: 'AddAddress'; readonly address: PostalAddress };

type ChangeAddress = To & {
  readonly type: 'ChangeAddress';
  readonly address: PostalAddress;
  /** The address that the sender has seen. Absent: any. */
  readonly expected?: PostalAddress | undefined;
};

type RemoveAddress = To & { readonly type: 'RemoveAddress' };

type ChooseDefaultAddress = To & { readonly type: 'ChooseDefaultAddress' };

export type AddressBookCommand = AddAddress | ChangeAddress | RemoveAddress | ChooseDefaultAddress;

export type AddressBookRejection =
  | { readonly code: 'ADDRESS_BOOK_FULL'; readonly max: number }
  | { readonly code: 'ADDRESS_NOT_FOUND'; readonly addressId: AddressId }
  | ChangedMeanwhile
  | AddressRejection;

/** The addresses by their ids, oldest first. */
export type AddressBookState = {
  readonly addresses: Readonly<Record<AddressId, PostalAddress>>;
  readonly defaultId: AddressId | undefined;
};

const initial: AddressBookState = { addresses: {}, defaultId: undefined };

export const addressesMax = 20;

type Addresses = AddressBookState['addresses'];

const without = ({ addresses }: AddressBookState, addressId: AddressId): Addresses =>
  Object.fromEntries(Object.entries(addresses).filter(([id]) => id !== addressId));

const evolve = (state: AddressBookState, event: AddressBookEvent): AddressBookState => {
  const { addressId } = event.data;
  switch (event.type) {
    case 'AddressAdded':
    case 'AddressChanged':
      return { ...state, addresses: { ...state.addresses, [addressId]: event.data.address } };
    case 'AddressRemoved':
      return {
        addresses: without(state, addressId),
        defaultId: state.defaultId === addressId ? undefined : state.defaultId,
      };
    case 'DefaultAddressChosen':
      return { ...state, defaultId: addressId };
    default:
      return unreachable(event);
  }
};

type AddressBookDecision = Decision<AddressBookEvent, AddressBookRejection>;

const chosen = ({ accountId, at }: To, addressId: AddressId): DefaultAddressChosen => ({
  type: 'DefaultAddressChosen',
  data: { accountId, addressId, chosenAt: at },
});

const addAddress = (command: AddAddress, state: AddressBookState): AddressBookDecision => {
  const { accountId, addressId, at } = command;
  // The id is derived from the command, so this is a repeat of it.
  if (state.addresses[addressId] !== undefined) return accept();
  if (Object.keys(state.addresses).length >= addressesMax)
    return reject({ code: 'ADDRESS_BOOK_FULL', max: addressesMax });
  const address = tidiedAddress(command.address);
  const refusal = refusalOfAddress(address);
  if (refusal !== undefined) return reject(refusal);
  const added: AddressAdded = { type: 'AddressAdded', data: { accountId, addressId, address, addedAt: at } };
  return state.defaultId === undefined
    ? accept<AddressBookEvent>(added, chosen(command, addressId))
    : accept<AddressBookEvent>(added);
};

const changeAddress = (command: ChangeAddress, state: AddressBookState): AddressBookDecision => {
  const { accountId, addressId, expected, at } = command;
  const present = state.addresses[addressId];
  if (present === undefined) return reject({ code: 'ADDRESS_NOT_FOUND', addressId });
  const address = tidiedAddress(command.address);
  const refusal = refusalOfAddress(address);
  if (refusal !== undefined) return reject(refusal);
  if (isSameAddress(present, address)) return accept();
  if (!isAsSeen(expected && tidiedAddress(expected), present)) return reject({ code: 'CHANGED_MEANWHILE' });
  return accept({ type: 'AddressChanged', data: { accountId, addressId, address, changedAt: at } });
};

const removeAddress = (command: RemoveAddress, state: AddressBookState): AddressBookDecision => {
  const { accountId, addressId, at } = command;
  // It is removed already, or was never there: the book is as the command wants it.
  if (state.addresses[addressId] === undefined) return accept();
  const removed: AddressRemoved = { type: 'AddressRemoved', data: { accountId, addressId, removedAt: at } };
  const [next] = Object.keys(without(state, addressId)) as AddressId[];
  return state.defaultId === addressId && next !== undefined
    ? accept<AddressBookEvent>(removed, chosen(command, next))
    : accept<AddressBookEvent>(removed);
};

const chooseDefaultAddress = (
  command: ChooseDefaultAddress,
  state: AddressBookState,
): AddressBookDecision => {
  const { addressId } = command;
  if (state.addresses[addressId] === undefined) return reject({ code: 'ADDRESS_NOT_FOUND', addressId });
  return state.defaultId === addressId ? accept() : accept(chosen(command, addressId));
};

const decide = (command: AddressBookCommand, state: AddressBookState): AddressBookDecision => {
  switch (command.type) {
    case 'AddAddress':
      return addAddress(command, state);
    case 'ChangeAddress':
      return changeAddress(command, state);
    case 'RemoveAddress':
      return removeAddress(command, state);
    case 'ChooseDefaultAddress':
      return chooseDefaultAddress(command, state);
    default:
      return unreachable(command);
  }
};

/** The postal addresses of one account, of which one is the default one. The stream has the id of the account. */
export const addressBook: Decider<
  AddressBookState,
  AddressBookCommand,
  AddressBookEvent,
  AddressBookRejection
> = {
  category: 'address_book',
  initial,
  decide,
  evolve,
  personalData,
};

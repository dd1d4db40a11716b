import { graphql, type ResultOf } from '../../api';

/** The own postal addresses, and the countries of new ones. */
export const addressBookFields = graphql(`
  fragment AddressBookFields on Query @_unmask {
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

export type AddressBook = ResultOf<typeof addressBookFields>;

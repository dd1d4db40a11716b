import { graphql } from '../api';

/** The fields of an own product that its page shows and every change returns. */
export const ownProduct = graphql(`
  fragment OwnProduct on Product @_unmask {
    id
    sku
    name
    description
    category
    imageUrl
    pictures {
      id
      thumbnailUrl
      altEn
      altZh
    }
    active
    weightGrams
    unit
    taxCategory
    family {
      id
      name
    }
    price {
      amountMinor
      currency
      formatted
    }
    regularPrice {
      amountMinor
      currency
      formatted
    }
    availability {
      available
    }
    rating {
      average
      count
    }
  }
`);

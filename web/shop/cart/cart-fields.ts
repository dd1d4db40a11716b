import { graphql, rejection, type ResultOf } from '../../api';
import { taxFields } from '../../ui/order-tax';
import { offSale } from '../products/off-sale';

/** The fields of the cart that pages show. A line keeps the price that the customer accepted; the product has the price of now. */
export const cartFields = graphql(
  `
    fragment CartFields on Cart @_unmask {
      itemCount
      total {
        formatted
      }
      offer {
        goods {
          formatted
        }
        promotions {
          promotionId
          name
          amount {
            formatted
          }
        }
        shippingOptions {
          shippingMethodId
          name
          charge {
            formatted
          }
        }
        tax {
          ...TaxFields
        }
        total {
          amountMinor
          currency
          formatted
        }
        coupon
        problem {
          code
          message
        }
      }
      lines {
        productId
        sku
        name
        quantity
        unitPrice {
          amountMinor
          currency
          formatted
        }
        total {
          formatted
        }
        product {
          id
          active
          ...OffSale
          price {
            amountMinor
            currency
            formatted
          }
          availability {
            available
          }
        }
      }
    }
  `,
  [offSale, taxFields],
);

export const cartQuery = graphql(
  `
    query Cart {
      cart {
        ...CartFields
      }
    }
  `,
  [cartFields],
);

export const addToCart = graphql(
  `
    mutation AddToCart($input: AddToCartInput!) {
      addToCart(input: $input) {
        __typename
        ... on AddToCartSuccess {
          consistencyToken
          cart {
            ...CartFields
          }
        }
        ...Rejection
      }
    }
  `,
  [cartFields, rejection],
);

export type Cart = ResultOf<typeof cartFields>;
export type CartLine = Cart['lines'][number];

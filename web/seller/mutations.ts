import { graphql, rejection } from '../api';
import { ownPrices } from './price-history';
import { ownProduct } from './product-fields';

export const registerProduct = graphql(
  `
    mutation RegisterProduct($input: RegisterProductInput!) {
      registerProduct(input: $input) {
        __typename
        ... on RegisterProductSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ... on ProductAlreadyRegisteredError {
          productId
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

export const changeProductPrice = graphql(
  `
    mutation ChangeProductPrice($input: ChangeProductPriceInput!) {
      changeProductPrice(input: $input) {
        __typename
        ... on ChangeProductPriceSuccess {
          consistencyToken
          product {
            ...OwnProduct
            ...OwnPrices
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, ownPrices, rejection],
);

export const describeProduct = graphql(
  `
    mutation DescribeProduct($input: DescribeProductInput!) {
      describeProduct(input: $input) {
        __typename
        ... on DescribeProductSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

export const setTaxCategory = graphql(
  `
    mutation SetTaxCategory($input: SetTaxCategoryInput!) {
      setTaxCategory(input: $input) {
        __typename
        ... on SetTaxCategorySuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

export const weighProduct = graphql(
  `
    mutation WeighProduct($input: WeighProductInput!) {
      weighProduct(input: $input) {
        __typename
        ... on WeighProductSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

export const setProductUnit = graphql(
  `
    mutation SetProductUnit($input: SetProductUnitInput!) {
      setProductUnit(input: $input) {
        __typename
        ... on SetProductUnitSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

export const discontinueProduct = graphql(
  `
    mutation DiscontinueProduct($input: DiscontinueProductInput!) {
      discontinueProduct(input: $input) {
        __typename
        ... on DiscontinueProductSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

export const reinstateProduct = graphql(
  `
    mutation ReinstateProduct($input: ReinstateProductInput!) {
      reinstateProduct(input: $input) {
        __typename
        ... on ReinstateProductSuccess {
          consistencyToken
          product {
            ...OwnProduct
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, rejection],
);

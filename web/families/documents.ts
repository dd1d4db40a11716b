import { graphql, pageEnds, rejection, type ResultOf } from '../api';

/** The fields of a family that its page shows and every change returns. */
const familyFields = graphql(`
  fragment FamilyFields on ProductFamily @_unmask {
    id
    name
    options {
      name
      values
    }
    seller {
      id
    }
    variants {
      values
      product {
        id
        sku
        category
        description
        active
        fullName
        price {
          currency
          formatted
        }
        availability {
          available
        }
      }
    }
  }
`);

export type Family = ResultOf<typeof familyFields>;
export type Variant = Family['variants'][number];

export const familiesQuery = graphql(
  `
    query ProductFamilies($first: Int, $after: String, $last: Int, $before: String, $seller: ID) {
      productFamilies(first: $first, after: $after, last: $last, before: $before, seller: $seller) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            name
            options {
              name
              values
            }
            seller {
              id
              name
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

export const familyQuery = graphql(
  `
    query ProductFamily($id: ID!) {
      productFamily(id: $id) {
        ...FamilyFields
      }
    }
  `,
  [familyFields],
);

export const createFamily = graphql(
  `
    mutation CreateProductFamily($input: CreateProductFamilyInput!) {
      createProductFamily(input: $input) {
        __typename
        ... on CreateProductFamilySuccess {
          consistencyToken
          family {
            ...FamilyFields
          }
        }
        ...Rejection
      }
    }
  `,
  [familyFields, rejection],
);

export const describeFamily = graphql(
  `
    mutation DescribeProductFamily($input: DescribeProductFamilyInput!) {
      describeProductFamily(input: $input) {
        __typename
        ... on DescribeProductFamilySuccess {
          consistencyToken
          family {
            ...FamilyFields
          }
        }
        ...Rejection
      }
    }
  `,
  [familyFields, rejection],
);

export const addVariant = graphql(
  `
    mutation AddProductVariant($input: AddProductVariantInput!) {
      addProductVariant(input: $input) {
        __typename
        ... on AddProductVariantSuccess {
          consistencyToken
          family {
            ...FamilyFields
          }
        }
        ...Rejection
      }
    }
  `,
  [familyFields, rejection],
);

export const changeVariant = graphql(
  `
    mutation ChangeProductVariant($input: ChangeProductVariantInput!) {
      changeProductVariant(input: $input) {
        __typename
        ... on ChangeProductVariantSuccess {
          consistencyToken
          family {
            ...FamilyFields
          }
        }
        ...Rejection
      }
    }
  `,
  [familyFields, rejection],
);

export const removeVariant = graphql(
  `
    mutation RemoveProductVariant($input: RemoveProductVariantInput!) {
      removeProductVariant(input: $input) {
        __typename
        ... on RemoveProductVariantSuccess {
          consistencyToken
          family {
            ...FamilyFields
          }
        }
        ...Rejection
      }
    }
  `,
  [familyFields, rejection],
);

export const retireFamily = graphql(
  `
    mutation RetireProductFamily($input: RetireProductFamilyInput!) {
      retireProductFamily(input: $input) {
        __typename
        ... on RetireProductFamilySuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

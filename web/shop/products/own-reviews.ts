import { graphql, type ResultOf } from '../../api';

/** The signed-in account with its latest reviews. */
export const ownReviewsQuery = graphql(`
  query OwnReviews {
    me {
      id
      name
      email
      roles
      definedRoles {
        id
        name
      }
      reviews(first: 100) {
        edges {
          node {
            id
            rating
            text
            photos {
              id
              thumbnailUrl
            }
            writtenAt
            editedAt
            hiddenFor
            product {
              id
              name: fullName
            }
            seller {
              id
              name
            }
          }
        }
      }
    }
  }
`);

type Own = NonNullable<ResultOf<typeof ownReviewsQuery>['me']>;
export type OwnReview = Own['reviews']['edges'][number]['node'];

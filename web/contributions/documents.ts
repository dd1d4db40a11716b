import { graphql, rejection, type ResultOf } from '../api';

/** A question or an answer as its readers see it. */
export const postShown = graphql(`
  fragment PostShown on Post @_unmask {
    id
    authorName
    writtenAs
    text
    writtenAt
    helpful
    isHelpfulToViewer
    hiddenFor
  }
`);
export type PostShown = ResultOf<typeof postShown>;

/** A review as its readers see it. */
export const reviewShown = graphql(
  `
    fragment ReviewShown on Review @_unmask {
      id
      authorName
      rating
      text
      photos {
        id
        url
        thumbnailUrl
      }
      writtenAt
      helpful
      isHelpfulToViewer
      hiddenFor
      answer {
        ...PostShown
      }
    }
  `,
  [postShown],
);
export type ReviewShown = ResultOf<typeof reviewShown>;

export const questionsQuery = graphql(
  `
    query ProductQuestions($id: ID!) {
      product(id: $id) {
        id
        questions(first: 10) {
          edges {
            node {
              ...PostShown
              answers(first: 5) {
                edges {
                  node {
                    ...PostShown
                  }
                }
              }
            }
          }
        }
      }
    }
  `,
  [postShown],
);

export const reviewsQuery = graphql(
  `
    query ReviewsOfProduct($id: ID!, $stars: Int) {
      product(id: $id) {
        id
        reviews(first: 20, stars: $stars) {
          edges {
            node {
              ...ReviewShown
            }
          }
        }
      }
    }
  `,
  [reviewShown],
);

/** The latest orders of the account, by which a buyer shows that it has bought a product. */
export const purchasesQuery = graphql(`
  query Purchases {
    orders(first: 100) {
      edges {
        node {
          id
          status
          lines {
            sku
          }
        }
      }
    }
  }
`);

export const ownPostsQuery = graphql(
  `
    query OwnPosts {
      me {
        id
        posts(first: 50) {
          edges {
            node {
              ...PostShown
              product {
                id
                name: fullName
              }
            }
          }
        }
      }
    }
  `,
  [postShown],
);

const votes = graphql(`
  fragment Votes on Contribution @_unmask {
    ... on Review {
      id
      helpful
      isHelpfulToViewer
    }
    ... on Post {
      id
      helpful
      isHelpfulToViewer
    }
  }
`);

export const voteHelpful = graphql(
  `
    mutation VoteHelpful($input: VoteHelpfulInput!) {
      voteHelpful(input: $input) {
        __typename
        ... on VoteHelpfulSuccess {
          consistencyToken
          contribution {
            ...Votes
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection, votes],
);

export const retractHelpfulVote = graphql(
  `
    mutation RetractHelpfulVote($input: RetractHelpfulVoteInput!) {
      retractHelpfulVote(input: $input) {
        __typename
        ... on RetractHelpfulVoteSuccess {
          consistencyToken
          contribution {
            ...Votes
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection, votes],
);

export const reportContribution = graphql(
  `
    mutation ReportContribution($input: ReportContributionInput!) {
      reportContribution(input: $input) {
        __typename
        ... on ReportContributionSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const askQuestion = graphql(
  `
    mutation AskQuestion($input: AskQuestionInput!) {
      askQuestion(input: $input) {
        __typename
        ... on AskQuestionSuccess {
          consistencyToken
          post {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const answerQuestion = graphql(
  `
    mutation AnswerQuestion($input: AnswerQuestionInput!) {
      answerQuestion(input: $input) {
        __typename
        ... on AnswerQuestionSuccess {
          consistencyToken
          post {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const answerReview = graphql(
  `
    mutation AnswerReview($input: AnswerReviewInput!) {
      answerReview(input: $input) {
        __typename
        ... on AnswerReviewSuccess {
          consistencyToken
          review {
            id
            answer {
              ...PostShown
            }
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection, postShown],
);

export const withdrawPost = graphql(
  `
    mutation WithdrawPost($input: WithdrawPostInput!) {
      withdrawPost(input: $input) {
        __typename
        ... on WithdrawPostSuccess {
          consistencyToken
          postId
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

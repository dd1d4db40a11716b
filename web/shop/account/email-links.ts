import { useLocation } from '@tanstack/react-router';
import { graphql, rejection } from '../../api';

export const requestPasswordReset = graphql(
  `
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
      requestPasswordReset(input: $input) {
        __typename
        ... on RequestPasswordResetSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const resetPasswordByLink = graphql(
  `
    mutation ResetPasswordByLink($input: ResetPasswordByLinkInput!) {
      resetPasswordByLink(input: $input) {
        __typename
        ... on ResetPasswordByLinkSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const requestEmailVerification = graphql(
  `
    mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {
      requestEmailVerification(input: $input) {
        __typename
        ... on RequestEmailVerificationSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const verifyEmail = graphql(
  `
    mutation VerifyEmail($input: VerifyEmailInput!) {
      verifyEmail(input: $input) {
        __typename
        ... on VerifyEmailSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const verificationQuery = graphql(`
  query OwnVerification {
    me {
      id
      emailVerifiedAt
    }
  }
`);

/** Returns the token of the link that opened the page. No server gets the part of an address behind the `#`. */
export const useLinkToken = (): string => useLocation({ select: ({ hash }) => hash });

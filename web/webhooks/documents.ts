import { graphql, pageEnds, rejection } from '../api';

const shownEndpoint = graphql(`
  fragment ShownWebhookEndpoint on WebhookEndpoint @_unmask {
    id
    ownerId
    isOfPlatform
    url
    types
    description
    disabledBecause
    previousSecretUntil
    addedAt
  }
`);

export const webhookEndpoints = graphql(
  `
    query WebhookEndpoints($first: Int, $after: String, $last: Int, $before: String) {
      webhookEventTypes {
        name
        isForMerchants
      }
      webhookEndpoints(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            ...ShownWebhookEndpoint
          }
        }
      }
    }
  `,
  [pageEnds, shownEndpoint],
);

export const webhookLog = graphql(
  `
    query WebhookLog(
      $id: ID!
      $first: Int
      $after: String
      $last: Int
      $before: String
      $status: WebhookDeliveryStatus
    ) {
      webhookEndpoint(id: $id) {
        ...ShownWebhookEndpoint
        deliveries(first: $first, after: $after, last: $last, before: $before, status: $status) {
          totalCount
          totalCountIsExact
          pageInfo {
            ...PageEnds
          }
          edges {
            node {
              id
              eventId
              type
              status
              dueAt
              queuedAt
              attempts {
                at
                durationMs
                httpStatus
                detail
              }
            }
          }
        }
      }
    }
  `,
  [pageEnds, shownEndpoint],
);

export const addWebhookEndpoint = graphql(
  `
    mutation AddWebhookEndpoint($input: AddWebhookEndpointInput!) {
      addWebhookEndpoint(input: $input) {
        __typename
        ... on AddWebhookEndpointSuccess {
          consistencyToken
          secret
          endpoint {
            ...ShownWebhookEndpoint
          }
        }
        ...Rejection
      }
    }
  `,
  [shownEndpoint, rejection],
);

export const rotateWebhookSecret = graphql(
  `
    mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
      rotateWebhookSecret(input: $input) {
        __typename
        ... on RotateWebhookSecretSuccess {
          consistencyToken
          secret
          endpoint {
            ...ShownWebhookEndpoint
          }
        }
        ...Rejection
      }
    }
  `,
  [shownEndpoint, rejection],
);

export const disableWebhookEndpoint = graphql(
  `
    mutation DisableWebhookEndpoint($input: DisableWebhookEndpointInput!) {
      disableWebhookEndpoint(input: $input) {
        __typename
        ... on DisableWebhookEndpointSuccess {
          consistencyToken
          endpoint {
            ...ShownWebhookEndpoint
          }
        }
        ...Rejection
      }
    }
  `,
  [shownEndpoint, rejection],
);

export const enableWebhookEndpoint = graphql(
  `
    mutation EnableWebhookEndpoint($input: EnableWebhookEndpointInput!) {
      enableWebhookEndpoint(input: $input) {
        __typename
        ... on EnableWebhookEndpointSuccess {
          consistencyToken
          endpoint {
            ...ShownWebhookEndpoint
          }
        }
        ...Rejection
      }
    }
  `,
  [shownEndpoint, rejection],
);

export const removeWebhookEndpoint = graphql(
  `
    mutation RemoveWebhookEndpoint($input: RemoveWebhookEndpointInput!) {
      removeWebhookEndpoint(input: $input) {
        __typename
        ... on RemoveWebhookEndpointSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const redeliverWebhook = graphql(
  `
    mutation RedeliverWebhook($input: RedeliverWebhookInput!) {
      redeliverWebhook(input: $input) {
        __typename
        ... on RedeliverWebhookSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

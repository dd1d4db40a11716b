import { graphql, rejection } from '../api';

export const approveAfterSales = graphql(
  `
    mutation ApproveAfterSales($input: ApproveAfterSalesInput!) {
      approveAfterSales(input: $input) {
        __typename
        ... on ApproveAfterSalesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const refuseAfterSales = graphql(
  `
    mutation RefuseAfterSales($input: RefuseAfterSalesInput!) {
      refuseAfterSales(input: $input) {
        __typename
        ... on RefuseAfterSalesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const receiveAfterSalesParcel = graphql(
  `
    mutation ReceiveAfterSalesParcel($input: ReceiveAfterSalesParcelInput!) {
      receiveAfterSalesParcel(input: $input) {
        __typename
        ... on ReceiveAfterSalesParcelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const inspectAfterSalesParcel = graphql(
  `
    mutation InspectAfterSalesParcel($input: InspectAfterSalesParcelInput!) {
      inspectAfterSalesParcel(input: $input) {
        __typename
        ... on InspectAfterSalesParcelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const sendAfterSalesReplacement = graphql(
  `
    mutation SendAfterSalesReplacement($input: SendAfterSalesReplacementInput!) {
      sendAfterSalesReplacement(input: $input) {
        __typename
        ... on SendAfterSalesReplacementSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const refundAfterSalesInstead = graphql(
  `
    mutation RefundAfterSalesInstead($input: RefundAfterSalesInsteadInput!) {
      refundAfterSalesInstead(input: $input) {
        __typename
        ... on RefundAfterSalesInsteadSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const decideAfterSalesDispute = graphql(
  `
    mutation DecideAfterSalesDispute($input: DecideAfterSalesDisputeInput!) {
      decideAfterSalesDispute(input: $input) {
        __typename
        ... on DecideAfterSalesDisputeSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const retryAfterSalesRefund = graphql(
  `
    mutation RetryAfterSalesRefund($input: RetryAfterSalesRefundInput!) {
      retryAfterSalesRefund(input: $input) {
        __typename
        ... on RetryAfterSalesRefundSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

export const closeAfterSales = graphql(
  `
    mutation CloseAfterSales($input: CloseAfterSalesInput!) {
      closeAfterSales(input: $input) {
        __typename
        ... on CloseAfterSalesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

import { graphql, type ResultOf } from '../api';

export const requestRow = graphql(`
  fragment AfterSalesRow on AfterSalesRequest @_unmask {
    id
    number
    orderNumber
    kind
    status
    dueAt
    requestedAt
    worth {
      formatted
    }
  }
`);

export const requestFields = graphql(
  `
    fragment AfterSalesFields on AfterSalesRequest @_unmask {
      ...AfterSalesRow
      orderId
      description
      evidence
      photos {
        id
        url
        thumbnailUrl
      }
      disputeText
      remark
      returnTo
      failure
      sentAt
      receivedAt
      parcel {
        carrier
        trackingNumber
      }
      replacement {
        carrier
        trackingNumber
      }
      refunded {
        formatted
      }
      lines {
        productId
        sku
        name
        quantity
        reason
      }
      customer {
        id
        name
        email
      }
      seller {
        id
        name
      }
      timeline {
        at
        summary
      }
    }
  `,
  [requestRow],
);

export type RequestRow = ResultOf<typeof requestRow>;
export type AfterSalesRequest = ResultOf<typeof requestFields>;

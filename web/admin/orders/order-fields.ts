import { graphql, type ResultOf } from '../../api';
import { heldFields } from '../../held-money/held-money';
import { nextActionFields } from '../../ui/next-actions';
import { taxFields } from '../../ui/order-tax';
import { shipToFields } from '../../ui/postal-address';

export const shipmentFields = graphql(
  `
    fragment StaffShipment on Shipment @_unmask {
      id
      number
      orderId
      status
      truckId
      trackingNumber
      failure
      isParked
      carrierAccount
      createdAt
      destination {
        x
        y
      }
      shipTo {
        ...ShipToFields
      }
      items {
        productId
        name
        quantity
      }
      warehouse {
        id
        name
        x
        y
      }
      nextActions {
        ...NextActionFields
      }
      timeline {
        at
        summary
      }
    }
  `,
  [nextActionFields, shipToFields],
);

export const orderFields = graphql(
  `
    fragment StaffOrder on Order @_unmask {
      id
      number
      status
      placedAt
      soldAt
      payBy
      source
      reference
      carrierAccount
      ...HeldFields
      total {
        formatted
      }
      tax {
        ...TaxFields
      }
      shipping {
        name
        charge {
          formatted
        }
      }
      paid {
        amountMinor
        currency
        formatted
      }
      refunded {
        amountMinor
        formatted
      }
      refunds {
        id
        reason
        done
        refusal
        amount {
          formatted
        }
      }
      destination {
        x
        y
      }
      shipTo {
        ...ShipToFields
      }
      noteToSeller
      gift {
        message
        withoutPrices
      }
      lines {
        productId
        sku
        name
        quantity
        cancelled
        unitPrice {
          formatted
        }
        total {
          formatted
        }
      }
      nextActions {
        ...NextActionFields
      }
      shipments {
        ...StaffShipment
      }
      timeline {
        at
        summary
      }
      customer {
        id
        name
        email
      }
    }
  `,
  [shipmentFields, heldFields, nextActionFields, shipToFields, taxFields],
);

export type StaffShipment = ResultOf<typeof shipmentFields>;
export type StaffOrder = ResultOf<typeof orderFields>;

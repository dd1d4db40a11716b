import { graphql, type ResultOf } from '../../api';
import { heldFields } from '../../held-money/held-money';
import { nextActionFields } from '../../ui/next-actions';
import { taxFields } from '../../ui/order-tax';
import { shipToFields } from '../../ui/postal-address';
import { addressBookFields } from '../account/address-book';

const shipmentFields = graphql(`
  fragment ShipmentFields on Shipment @_unmask {
    id
    number
    status
    truckId
    trackingNumber
    failure
    destination {
      x
      y
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
  }
`);

/** The fields that the page of an order shows. Every live update and every action returns it. */
export const orderFields = graphql(
  `
    fragment OrderFields on Order @_unmask {
      id
      number
      status
      placedAt
      payBy
      carrierAccount
      isPaymentPending
      ...HeldFields
      payerAction {
        kind
        url
        payload
      }
      total {
        formatted
      }
      tax {
        ...TaxFields
      }
      promotions {
        promotionId
        name
        amount {
          formatted
        }
      }
      shipping {
        name
        charge {
          formatted
        }
      }
      paid {
        amountMinor
        formatted
      }
      refunded {
        amountMinor
        formatted
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
      shipments {
        ...ShipmentFields
      }
      nextActions {
        ...NextActionFields
      }
      timeline {
        at
        type
        summary
      }
    }
  `,
  [shipmentFields, heldFields, nextActionFields, shipToFields, taxFields],
);

export const orderQuery = graphql(
  `
    query Order($id: ID!) {
      order(id: $id) {
        ...OrderFields
      }
      ...AddressBookFields
      warehouses {
        id
        name
        x
        y
        active
      }
    }
  `,
  [orderFields, addressBookFields],
);

export const orderUpdated = graphql(
  `
    subscription OrderUpdated($id: ID!) {
      orderUpdated(id: $id) {
        cursor
        order {
          ...OrderFields
        }
      }
    }
  `,
  [orderFields],
);

export const shipmentMoved = graphql(
  `
    subscription ShipmentMoved($id: ID!) {
      shipmentMoved(orderId: $id) {
        cursor
        shipment {
          ...ShipmentFields
        }
      }
    }
  `,
  [shipmentFields],
);

export type Order = ResultOf<typeof orderFields>;
export type Shipment = Order['shipments'][number];
export type Warehouse = NonNullable<ResultOf<typeof orderQuery>['warehouses']>[number];

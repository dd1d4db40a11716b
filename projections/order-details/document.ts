import { z } from 'zod';
import type {
  AccountId,
  CaptureId,
  OrderId,
  PaymentId,
  ProductId,
  PromotionId,
  RefundId,
  ShipmentId,
  ShippingMethodId,
} from '../../domain/kernel';
import { taxCategories } from '../../domain/money';
import { orderProgresses, orderStatuses } from '../../domain/order';
import { shipmentStatuses } from '../../domain/shipment';
import type { DocumentOf } from '../../platform/projections';
import { instant, money, place, uuid, warehouseId } from '../fields';
import { ShipTo } from '../ship-to';
import { timeline } from '../timeline';

export const ItemTax = z
  .strictObject({
    category: z.enum(taxCategories).describe('The category at whose rate it is taxed.'),
    amount: money.describe('The tax of all pieces.'),
  })
  .describe('The tax of a line of an order, or of its shipping.');

export const TaxEntry = z
  .strictObject({
    category: z.enum(taxCategories).describe('The category of the rate.'),
    rateHundredths: z.int32().describe('The rate in hundredths of a per cent: 1900 is 19 %.'),
    net: money.describe('The sum without the tax.'),
    tax: money.describe('The tax.'),
  })
  .describe('The sums that are taxed at one rate.');

export const OrderTax = z
  .strictObject({
    country: z.string().describe('The country whose tax it is: two letters, ISO 3166-1.'),
    isIncluded: z
      .boolean()
      .describe(
        'Whether the prices and the charge of the shipping contain the tax. If not, it is added to the total.',
      ),
    entries: z.array(TaxEntry).describe('The sums by rate.'),
  })
  .describe('The tax of an order, of its goods after discounts and of its shipping.');

export const OrderLine = z
  .strictObject({
    productId: uuid<ProductId>().describe("The product's unique identifier."),
    sku: z.string().describe("The seller's own key of the product."),
    name: z.string().describe("The product's name when it was ordered."),
    quantity: z.int32().describe('The number of pieces that were ordered.'),
    cancelled: z.int32().describe('The number of these pieces that were cancelled after the payment.'),
    unitPrice: money.describe('The price of one piece when it was ordered.'),
    discount: money
      .nullable()
      .describe('The sum that promotions took off the price of all pieces; null where none did.'),
    tax: ItemTax.nullable().describe('The tax of all pieces; null where the order has none.'),
  })
  .describe('One product in an order, with its name and price of that time.');
export type OrderLine = DocumentOf<typeof OrderLine>;

export const OrderPromotion = z
  .strictObject({
    promotionId: uuid<PromotionId>().describe('The promotion.'),
    name: z.string().describe('The name of the promotion when it was used.'),
    coupon: z.string().nullable().describe('The code that the customer gave; null where none was needed.'),
    amount: money.describe('The sum that it takes off all lines together.'),
  })
  .describe('A promotion of an order, with the sum that it takes off.');
export type OrderPromotion = DocumentOf<typeof OrderPromotion>;

export const OrderShipping = z
  .strictObject({
    shippingMethodId: uuid<ShippingMethodId>().describe('The shipping method.'),
    name: z.string().describe('The name of the method when the order was placed.'),
    charge: money.describe('The sum that the customer pays for it, without a tax that is added.'),
    tax: ItemTax.nullable().describe('The tax of the charge; null where the order has none.'),
  })
  .describe('The method by which an order is sent, with its charge.');

export const OrderRefund = z
  .strictObject({
    id: uuid<RefundId>().describe('The unique identifier.'),
    amount: money.describe('The sum that is returned to the customer.'),
    tax: z
      .array(TaxEntry)
      .describe('The part of the tax that goes back with it, by rate; empty where the order has none.'),
    reason: z.string().describe('The reason why the money is returned.'),
    done: z.boolean().describe('Whether the money has been returned.'),
    isUntaken: z
      .boolean()
      .describe(
        'Whether nothing of the order had been taken, so that the money was only held, and is free again.',
      ),
    refusal: z
      .string()
      .nullable()
      .describe(
        'The reason why the payment provider refused to return the money; null where it did not refuse.',
      ),
  })
  .describe('A refund of an order, whole or in part.');

export const PayerAction = z
  .strictObject({
    kind: z
      .enum(['REDIRECT', 'APP'])
      .describe('`REDIRECT`: open `url`; `APP`: give `payload` to the app of the provider.'),
    url: z
      .string()
      .nullable()
      .describe('The address of the provider, or a path of the shop; null for another kind.'),
    payload: z
      .string()
      .nullable()
      .describe('The text for the app, which can be shown as a QR code; null for another kind.'),
  })
  .describe(
    'The step by which a payer makes a payment. Its outcome is known from the provider alone, not from the return of the payer.',
  );

export const RefusedCapture = z
  .strictObject({
    shipmentId: uuid<ShipmentId>().describe('The shipment that does not leave.'),
    captureId: uuid<CaptureId>().describe('The capture.'),
    reason: z.string().describe('The reason why the payment provider refused to take the money.'),
  })
  .describe('A shipment that waits because its money could not be taken.');

const OrderShipment = z
  .strictObject({
    id: uuid<ShipmentId>().describe('The unique identifier.'),
    number: z.int().describe("The World's `shipid`."),
    warehouseId: warehouseId.describe('The warehouse that it leaves from.'),
    status: z.enum(shipmentStatuses).describe('The status of the shipment.'),
  })
  .describe('The part of the order that leaves one warehouse.');

export const Gift = z
  .strictObject({
    message: z.string().nullable().describe('The words to the recipient; null where there are none.'),
    withoutPrices: z.boolean().describe('Whether the delivery note says no prices.'),
  })
  .describe('A present for the recipient of an order.');

export const OrderDetails = z
  .strictObject({
    id: uuid<OrderId>().describe("The unique identifier, derived from the customer's cart."),
    number: z.int().describe('The order number shown to the customer.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    status: z
      .enum(orderStatuses)
      .describe('The status shown to users. A refund under way or complete precedes how far the goods are.'),
    progress: z
      .enum(orderProgresses)
      .describe('The progress of the goods, regardless of payments and refunds.'),
    placedAt: instant.describe('The time when the order was placed.'),
    soldAt: instant.describe('The time when the goods were sold. Before `placedAt` for an imported order.'),
    soldOn: z.string().describe('The day of `soldAt`, in UTC: `2026-01-31`.'),
    source: z
      .string()
      .nullable()
      .describe('The list that the order was imported from; null where it was placed here.'),
    reference: z
      .string()
      .nullable()
      .describe("The order's name in that list, such as an invoice number; null where it was placed here."),
    country: z.string().nullable().describe("The buyer's country, where the list has it."),
    payBy: instant.describe('The moment at which the order expires unless it is paid.'),
    tax: OrderTax.nullable().describe('The tax; null where none was due.'),
    total: money.describe(
      'The price of all lines after their discounts, the charge of the shipping, and the tax that they do not contain.',
    ),
    paid: money.describe('The sum that was paid, or is held to be taken as the goods leave.'),
    authorisedUntil: instant
      .nullable()
      .describe(
        'The time until which the payment provider holds the sum; null where it was taken with the order.',
      ),
    held: money.describe('The part of the sum that is held and not taken yet.'),
    captured: money.describe('The part of the sum that was taken.'),
    voided: money.describe('The part of the sum that was held, is free again, and was never taken.'),
    refusedCaptures: z
      .array(RefusedCapture)
      .describe('The shipments that wait because the payment provider refused to take their money.'),
    refunded: money.describe('The sum that has been returned to the customer.'),
    askedBackInFull: z
      .boolean()
      .describe('Whether the whole sum was ever returned or to be returned: no more goods leave.'),
    refunds: z.array(OrderRefund).describe('The refunds, in the order in which they were requested.'),
    destination: place.describe('The place where the goods are delivered.'),
    shipTo: ShipTo.nullable().describe(
      'The postal address at the destination; null where the order goes to a place on the grid only.',
    ),
    noteToSeller: z
      .string()
      .nullable()
      .describe("The customer's note to every seller of the order; null where there is none."),
    gift: Gift.nullable().describe('Present where the order is a gift; null otherwise.'),
    carrierAccount: z
      .string()
      .nullable()
      .describe("The customer's account with the carrier; null where none was given."),
    paymentId: uuid<PaymentId>().nullable().describe('The payment that paid the order; null before.'),
    paymentIds: z
      .array(uuid<PaymentId>().describe('A payment.'))
      .describe('All attempts to pay the order, in the order in which they were made.'),
    openPaymentId: uuid<PaymentId>()
      .nullable()
      .describe('The payment that has started and whose outcome is unknown; null where there is none.'),
    payerAction: PayerAction.nullable().describe(
      'The step by which the customer makes the open payment; null where none is needed.',
    ),
    isPaymentPending: z
      .boolean()
      .describe('Whether the payment provider has accepted the open payment and decides later.'),
    lines: z.array(OrderLine).describe('The products that were ordered.'),
    promotions: z
      .array(OrderPromotion)
      .describe('The promotions whose amounts are split onto the lines as their discounts.'),
    shipping: OrderShipping.nullable().describe(
      'The method by which the order is sent; null where none was chosen, and it is sent free of charge.',
    ),
    partsToCome: z
      .array(warehouseId)
      .describe('The warehouses of the parts of the order that are not shipments yet.'),
    shipments: z.array(OrderShipment).describe('The parcels: one from each warehouse.'),
    timeline,
  })
  .describe('An order with its payments, refunds and shipments, and everything that happened to it.');
export type OrderDetails = DocumentOf<typeof OrderDetails>;

import { isSamePlace, type Language, type OrderId, type ShipmentId } from '../../../domain/kernel';
import type { Money } from '../../../domain/money';
import { orderDetails, type OrderLine } from '../../../projections/order-details';
import { sellerOrders } from '../../../projections/seller-orders';
import type { ShipTo } from '../../../projections/ship-to';
import { shipments } from '../../../projections/shipments';
import { may, signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import type { OrderForSellers } from '../readers/loaders';
import { allowed, type Concept } from './resolvers';

type Wanted = { readonly orderId: OrderId; readonly shipmentId?: ShipmentId | null };

type NotedLine = {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money | null;
};

type DeliveryNote = {
  readonly orderNumber: string;
  readonly soldAt: string;
  readonly shipmentNumber: string | null;
  readonly language: Language | null;
  readonly shipTo: ShipTo | null;
  readonly noteToSeller: string | null;
  readonly giftMessage: string | null;
  readonly lines: readonly NotedLine[];
};

/** The content of a delivery note that depends on its reader. */
type Content = Pick<DeliveryNote, 'shipmentNumber' | 'shipTo'> & { readonly lines: readonly OrderLine[] };

/** Returns the lines without the pieces that were cancelled. */
const toSend = (lines: readonly OrderLine[]): readonly OrderLine[] =>
  lines
    // Documents of version 7 have no cancelled pieces.
    .map((line) => ({ ...line, quantity: line.quantity - ((line as Partial<OrderLine>).cancelled ?? 0) }))
    .filter(({ quantity }) => quantity > 0);

/** Returns what staff put into a parcel, or into all parcels of an order. */
const contentForStaff = async (
  { orderId, shipmentId }: Wanted,
  context: EdgeContext,
): Promise<Content | undefined> => {
  const order = await context.order(orderId);
  if (order === null) return undefined;
  const { shipTo, destination } = order;
  if (!shipmentId) return { shipmentNumber: null, shipTo, lines: toSend(order.lines) };
  const shipment = await context.shipment(shipmentId);
  if (shipment?.orderId !== order.id) return undefined;
  return {
    shipmentNumber: String(shipment.number),
    // A parcel that goes elsewhere is for another address.
    shipTo: isSamePlace(destination, shipment.destination) ? shipTo : null,
    lines: shipment.items.flatMap(({ productId, quantity }) =>
      order.lines.filter((line) => line.productId === productId).map((line) => ({ ...line, quantity })),
    ),
  };
};

/** Returns the goods of a seller. Sellers do not see where an order goes, nor in which parcels. */
const contentForSeller = async (
  { orderId, shipmentId }: Wanted,
  { viewer, loaders }: EdgeContext,
): Promise<Content | undefined> => {
  const { id } = signedIn(viewer);
  const sold = await loaders.sellerOrders.load(`${id}:${orderId}`, viewer);
  return sold === null || shipmentId
    ? undefined
    : { shipmentNumber: null, shipTo: null, lines: toSend(sold.lines) };
};

const deliveryNote = async (wanted: Wanted, context: EdgeContext): Promise<DeliveryNote | null> => {
  const { viewer, loaders } = context;
  const content = may(viewer, 'order:read')
    ? await contentForStaff(wanted, context)
    : await contentForSeller(wanted, context);
  const order: OrderForSellers | undefined = content && (await loaders.orderForSellers(wanted.orderId));
  if (content === undefined || order === undefined) return null;
  const { number, soldAt, customerId, noteToSeller, gift } = order;
  // Not all who print it may read accounts, so this is the loader of what is public of them.
  const customer = await loaders.sellers.load(customerId, viewer);
  return {
    ...{ orderNumber: String(number), soldAt, giftMessage: gift?.message ?? null },
    // The recipient of a gift reads the paper, and the note is not for them.
    noteToSeller: gift === null ? noteToSeller : null,
    ...{ shipmentNumber: content.shipmentNumber, shipTo: content.shipTo },
    language: customer?.language ?? null,
    lines: content.lines.map(({ sku, name, quantity, unitPrice }) => ({
      ...{ sku, name, quantity },
      unitPrice: gift?.withoutPrices === true ? null : unitPrice,
    })),
  };
};

/** The paper that goes into a parcel. */
export const deliveryNotes: Concept = {
  typeDefs: `
extend type Query {
  "The delivery note of an order, to print and put into the parcel. A seller gets it for its own goods, without the address; those who may read all orders, for the order or one of its parcels. null where there is none for the viewer."
  deliveryNote(
    "The unique identifier of the order."
    orderId: ID!
    "The parcel. For those who may read all orders; the goods of the whole order where absent."
    shipmentId: ID
  ): DeliveryNote
}

"The paper that goes into a parcel. It has no prices where the order is a gift without prices."
type DeliveryNote {
  "The order number shown to the customer."
  orderNumber: String!
  "The time when the goods were sold."
  soldAt: DateTime!
  "The number of the parcel; null where it is about the order."
  shipmentNumber: String
  "The language of its PDF: the one that the customer has chosen; null for none, which is English."
  language: Language
  "The postal address that the goods go to; null where there is none, and for sellers."
  shipTo: ShipTo
  "The customer's note to the sellers; null where there is none, and where the order is a gift: its recipient reads the paper."
  noteToSeller: String
  "The customer's words to the recipient; null where there are none."
  giftMessage: String
  "The goods, without pieces that were cancelled."
  lines: [DeliveryNoteLine!]!
}

"Goods of a delivery note."
type DeliveryNoteLine {
  "The seller's own key of the product."
  sku: String!
  "The name of the product when it was sold."
  name: String!
  "The number of pieces."
  quantity: Int!
  "The price of a piece before discounts; null where the order is a gift without prices."
  unitPrice: Money
}
`,
  resolvers: { Query: { deliveryNote: allowed({ by: 'seller', or: 'order:read' }, deliveryNote) } },
  readModels: { DeliveryNote: [orderDetails, sellerOrders, shipments] },
};

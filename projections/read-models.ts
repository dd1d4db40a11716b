import type { AnyProjection } from '../platform/projections';
import { accountErasures } from './account-erasures';
import { accounts } from './accounts';
import { addressBooks } from './address-books';
import { afterSalesRequests } from './after-sales';
import { carrierInbox } from './carrier-inbox';
import { carrierMessages } from './carrier-messages';
import { carts } from './carts';
import { catalogue } from './catalogue';
import { deadlines } from './deadlines';
import { definedRoles } from './defined-roles';
import { exchangeLog } from './exchange-log';
import { heldNotifications } from './held-notifications';
import { helpfulVotes } from './helpful-votes';
import { invoices } from './invoices';
import { moderationCases } from './moderation-cases';
import { merchants } from './merchants';
import { notifications } from './notifications';
import { orderDetails } from './order-details';
import { orderHolds } from './order-holds';
import { orderNotes } from './order-notes';
import { orderTags } from './order-tags';
import { orderWords } from './order-words';
import { paymentMovements } from './payment-movements';
import { payments } from './payments';
import { personalStreams } from './personal-streams';
import { pictures } from './pictures';
import { posts } from './posts';
import { categoryTree } from './category-tree';
import { priceHistory } from './price-history';
import { productFamilies } from './product-families';
import { promotions } from './promotions';
import { reviews } from './reviews';
import { salesByDay } from './sales-by-day';
import { scheduledPrices } from './scheduled-prices';
import { sellerOrders } from './seller-orders';
import { sellerPayouts } from './seller-payouts';
import { sellerRatings } from './seller-ratings';
import { sessions } from './sessions';
import { shipments } from './shipments';
import { shippingMethods } from './shipping-methods';
import { taxRates } from './tax-rates';
import { stockLevels } from './stock-levels';
import { warehouses } from './warehouses';
import { webhookEndpoints } from './webhook-endpoints';
import { worldCommands } from './world-commands';
import { worldLinks } from './world-links';

/** Every read model. What is not in this list is neither built nor read. */
export const readModels = {
  accountErasures,
  accounts,
  addressBooks,
  afterSalesRequests,
  carrierInbox,
  carrierMessages,
  carts,
  catalogue,
  deadlines,
  definedRoles,
  exchangeLog,
  heldNotifications,
  helpfulVotes,
  invoices,
  moderationCases,
  merchants,
  notifications,
  orderDetails,
  orderHolds,
  orderNotes,
  orderTags,
  orderWords,
  paymentMovements,
  payments,
  personalStreams,
  pictures,
  posts,
  categoryTree,
  priceHistory,
  productFamilies,
  promotions,
  reviews,
  salesByDay,
  scheduledPrices,
  sellerOrders,
  sellerPayouts,
  sellerRatings,
  sessions,
  shipments,
  shippingMethods,
  stockLevels,
  taxRates,
  warehouses,
  webhookEndpoints,
  worldCommands,
  worldLinks,
} as const satisfies Readonly<Record<string, AnyProjection>>;

/** The same read models as a list, in a fixed order. */
export const allProjections: readonly AnyProjection[] = Object.values(readModels);

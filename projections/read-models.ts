import type { AnyProjection } from '../platform/projections';
import { accounts } from './accounts';
import { addressBooks } from './address-books';
import { carrierInbox } from './carrier-inbox';
import { carrierMessages } from './carrier-messages';
import { carts } from './carts';
import { catalogue } from './catalogue';
import { deadlines } from './deadlines';
import { exchangeLog } from './exchange-log';
import { notifications } from './notifications';
import { orderDetails } from './order-details';
import { orderWords } from './order-words';
import { payments } from './payments';
import { reviews } from './reviews';
import { salesByDay } from './sales-by-day';
import { sellerOrders } from './seller-orders';
import { sellerRatings } from './seller-ratings';
import { sessions } from './sessions';
import { shipments } from './shipments';
import { stockLevels } from './stock-levels';
import { warehouses } from './warehouses';
import { worldCommands } from './world-commands';
import { worldLinks } from './world-links';

/** Every read model. What is not in this list is neither built nor read. */
export const readModels = {
  accounts,
  addressBooks,
  carrierInbox,
  carrierMessages,
  carts,
  catalogue,
  deadlines,
  exchangeLog,
  notifications,
  orderDetails,
  orderWords,
  payments,
  reviews,
  salesByDay,
  sellerOrders,
  sellerRatings,
  sessions,
  shipments,
  stockLevels,
  warehouses,
  worldCommands,
  worldLinks,
} as const satisfies Readonly<Record<string, AnyProjection>>;

/** The same read models as a list, in a fixed order. */
export const allProjections: readonly AnyProjection[] = Object.values(readModels);

import type { FlatModel } from '../../platform/read-models/flat';
import { products, reviews, stockLevels } from './catalogue';
import { customerContacts, customers } from './customers';
import { orderLines, orders } from './orders';
import { payments, refunds } from './payments';
import { salesDaily } from './sales-daily';
import { deliveryTimes, shipments } from './shipments';

export { eventLog } from './event-log';

/** Every flat model that is made from a read model. */
export const flatModels: readonly FlatModel[] = [
  ...[orders, orderLines, shipments, deliveryTimes, payments, refunds, salesDaily],
  ...[products, stockLevels, reviews, customers, customerContacts],
];

import { demandStaff } from '../authorization';
import { ofShipment } from './of-shipment';

/** Has the failed step done again. */
export const retryShipment = ofShipment<'retryShipment'>('RetryShipment', demandStaff);

import { demandGateway } from '../authorization';
import { ofShipment } from './of-shipment';

/** The World has packed it. */
export const recordPacked = ofShipment<'recordPacked'>('RecordPacked', demandGateway);

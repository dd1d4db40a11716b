import { demandGateway } from '../authorization';
import { ofShipment } from './of-shipment';

/** The World has put it on the truck. */
export const recordLoaded = ofShipment<'recordLoaded'>('RecordLoaded', demandGateway);

import { demandGateway } from '../authorization';
import { ofShipment } from './of-shipment';

/** It is at the door. */
export const recordDelivered = ofShipment<'recordDelivered'>('RecordDelivered', demandGateway);

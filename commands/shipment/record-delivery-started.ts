import { demandGateway } from '../authorization';
import { ofShipment } from './of-shipment';

/** The truck is on its way to the customer. */
export const recordDeliveryStarted = ofShipment<'recordDeliveryStarted'>(
  'RecordDeliveryStarted',
  demandGateway,
);

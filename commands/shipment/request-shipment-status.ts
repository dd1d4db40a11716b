import { demandStaff } from '../authorization';
import { ofShipment } from './of-shipment';

/** Has the carrier asked how a shipment is; what it answers comes as any report of its. */
export const requestShipmentStatus = ofShipment<'requestShipmentStatus'>(
  'RequestShipmentStatus',
  demandStaff,
);

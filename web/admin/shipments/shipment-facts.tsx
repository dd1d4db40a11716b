import { useTexts } from '../../text';
import { Facts } from '../../ui/facts';
import { PostalAddress } from '../../ui/postal-address';
import type { StaffShipment } from '../orders/order-fields';

/** The facts of a shipment that staff see. */
export function ShipmentFacts({ of: shipment }: { readonly of: StaffShipment }) {
  const { statuses } = useTexts();
  return (
    <Facts
      of={[
        ['Status', statuses[shipment.status]],
        ['Failure', shipment.failure],
        ['Warehouse', shipment.warehouse?.name],
        ['Destination', `${shipment.destination.x}, ${shipment.destination.y}`],
        ...(shipment.shipTo
          ? [['Address', <PostalAddress key="address" of={shipment.shipTo} />] as const]
          : []),
        ['Truck', shipment.truckId],
        ['Tracking number', shipment.trackingNumber],
        ['Content', shipment.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')],
      ]}
    />
  );
}

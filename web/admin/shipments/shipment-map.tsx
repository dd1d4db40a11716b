import { useTexts } from '../../text';
import { GridMap } from '../../ui/grid-map';
import type { StaffShipment } from '../orders/order-fields';

type Point = StaffShipment['destination'];

/** Shipments on the map, from their warehouses to the destination. */
export function ShipmentMap({
  of: shipments,
  destination,
}: {
  readonly of: readonly StaffShipment[];
  readonly destination: Point;
}) {
  const { statuses } = useTexts();
  const warehouses = new Map(
    shipments.flatMap(({ warehouse }) => (warehouse ? [[warehouse.id, warehouse]] : [])),
  );
  return (
    <GridMap
      label="Map: warehouses and the destination"
      marks={[
        ...[...warehouses.values()].map(({ id, name, x, y }) => ({
          ...{ id, x, y, label: name },
          kind: 'warehouse' as const,
        })),
        { id: 'destination', label: 'Destination', ...destination, kind: 'home' },
      ]}
      ways={shipments.flatMap(({ id, number, warehouse, destination: to, status, truckId }) =>
        warehouse
          ? [
              {
                id,
                label: `Shipment ${number}: ${statuses[status]}`,
                from: warehouse,
                to,
                isUnderWay: status === 'DELIVERING',
                truck: status === 'DELIVERING' && truckId !== null ? `Truck ${truckId}` : undefined,
              },
            ]
          : [],
      )}
    />
  );
}

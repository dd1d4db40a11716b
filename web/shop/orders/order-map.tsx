import { useTexts } from '../../text';
import { useOrderWords } from '../../text/orders';
import { GridMap, type Mark, type Way } from '../../ui/grid-map';
import type { Order, Shipment, Warehouse } from './order-fields';
import type { ChosenPlace } from '../checkout/place-inputs';

/** The place of a parcel; undefined while it is under way, because no report says where the truck is. */
const placeOf = ({ status, warehouse, destination }: Shipment) => {
  switch (status) {
    case 'PACKING':
    case 'PACKED':
    case 'LOADING':
    case 'LOADED':
    case 'FAILED':
      return warehouse ?? undefined;
    case 'DELIVERED':
      return destination;
    case 'DELIVERING':
    case 'CANCELLED':
      return undefined;
  }
};

/** The map of an order: warehouses, the place of delivery, and what reports say of the parcels. */
export function OrderMap({
  order,
  warehouses,
  moving,
}: {
  readonly order: Order;
  readonly warehouses: readonly Warehouse[];
  /** The new destination while the customer chooses one. */
  readonly moving?: ChosenPlace | undefined;
}) {
  const { order: words, checkout } = useOrderWords();
  const { statuses } = useTexts();
  const { shipments, destination } = order;
  const own = new Set(shipments.map(({ warehouse }) => warehouse?.id));
  const nameOf = ({ number, status }: Shipment): string => `${words.parcel(number)}: ${statuses[status]}`;
  const parcels = Map.groupBy(
    shipments.filter((shipment) => placeOf(shipment) !== undefined),
    (shipment) => `${placeOf(shipment)?.x},${placeOf(shipment)?.y}`,
  );
  const marks: readonly Mark[] = [
    ...warehouses
      .filter(({ id, active }) => active || own.has(id))
      .map(({ id, name, x, y }) => ({ id, label: name, kind: 'warehouse' as const, x, y })),
    { id: 'destination', label: checkout.here, kind: 'home', ...destination },
    ...(moving?.marks ?? []),
    ...[...parcels].flatMap(([place, [first, ...more]]): readonly Mark[] => {
      const at = first && placeOf(first);
      if (!at) return [];
      const label = [first, ...more].map(nameOf).join(', ');
      return [{ id: place, label, kind: 'parcel', x: at.x, y: at.y }];
    }),
    ...shipments.flatMap(({ id, status, truckId, warehouse }): readonly Mark[] =>
      warehouse && truckId !== null && (status === 'LOADING' || status === 'LOADED')
        ? [
            {
              id: `truck of ${id}`,
              label: words.truck(truckId),
              kind: 'truck',
              x: warehouse.x,
              y: warehouse.y,
            },
          ]
        : [],
    ),
  ];
  const ways: readonly Way[] = shipments.flatMap((shipment) => {
    const { id, warehouse, status, truckId } = shipment;
    if (!warehouse || (status !== 'DELIVERING' && status !== 'DELIVERED')) return [];
    const isUnderWay = status === 'DELIVERING';
    const truck = isUnderWay && truckId !== null ? words.truck(truckId) : undefined;
    return [{ id, from: warehouse, to: shipment.destination, label: nameOf(shipment), isUnderWay, truck }];
  });
  return (
    <figure>
      <GridMap label={words.map} marks={marks} ways={ways} picked={moving?.point} onPick={moving?.pick} />
      {ways.some(({ isUnderWay }) => isUnderWay) && (
        <figcaption className="help">{words.underWay}</figcaption>
      )}
    </figure>
  );
}

import { goodsCancelled, lines, placed } from '../../tests/support/domain/orders';
import { shipmentId, warehouseId } from '../../tests/support/domain/shipments';
import type { ShipmentId } from '../../domain/kernel';
import { projected } from '../../tests/support/projections/it-projects';
import { orderDetails } from './';

const pieces = (quantity: number, parts: Parameters<typeof goodsCancelled>[2] = []) =>
  goodsCancelled(quantity, 'requested-by-staff', parts);

it('cancelled pieces of a product add up over its lines, never above what was ordered', () => {
  const [first] = lines;
  const twice = { ...placed, data: { ...placed.data, lines: [first!, { ...first!, quantity: 2 }] } };
  const [document] = projected(orderDetails, [twice, pieces(2), pieces(2)]).values();
  expect(document?.lines.map(({ cancelled }) => cancelled)).toEqual([3, 1]);
});

it('what is left of a shipment is a part that is no shipment yet', () => {
  const rest = { shipmentId: 'next' as ShipmentId, warehouseId, lines: [] };
  const reduced = pieces(1, [{ shipmentId, warehouseId, lines: [], rest }]);
  const [document] = projected(orderDetails, [placed, reduced]).values();
  expect(document?.partsToCome).toEqual([warehouseId]);
  expect(document?.timeline.at(-1)?.summary).toBe('The shop cancelled 1 piece.');
});

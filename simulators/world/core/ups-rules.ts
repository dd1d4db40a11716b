import type { UDeliveryLocation, UGoDeliver, UGoPickup, UInitTruck, UQuery } from '../../../proto/world';
import { TRUCKS_MAX, type Refusal } from './limits';
import { sortOut, type Settling } from './settling';
import type { Moment, Truck, WorldState } from './state';
import { placeOf, send } from './trucks';

/** Adds the missing trucks to the grid: all of them, or none. */
export const addTrucks = (world: WorldState, trucks: readonly UInitTruck[]): Settling => {
  const sorted = sortOut('truck', trucks, (id) => world.trucks.get(id)?.home);
  if (!sorted.ok) return sorted;
  if (world.trucks.size + sorted.added.length > TRUCKS_MAX)
    return { ok: false, refusal: `a world has at most ${TRUCKS_MAX} trucks` };
  for (const { id, x, y } of sorted.added)
    world.putTruck({ id, x, y, home: { x, y }, activity: { status: 'idle' }, route: [] });
  return sorted.settled;
};

/** Sends a truck to a warehouse; a delivery is interrupted at once. */
export const pickUp = (world: WorldState, command: UGoPickup, { now }: Moment): Refusal | undefined => {
  const truck = world.trucks.get(command.truckid);
  if (!truck) return `there is no truck ${command.truckid}`;
  if (!world.warehouses.get(command.whid)) return `there is no warehouse ${command.whid}`;
  if (truck.activity.status === 'traveling') {
    return `truck ${truck.id} is already traveling to warehouse ${truck.activity.whid}`;
  }
  send(world, truck, { kind: 'pickup', whid: command.whid }, now);
  return undefined;
};

const whyNotDeliverable = (world: WorldState, truck: Truck, packageid: bigint): Refusal | undefined => {
  const shipment = world.shipments.get(packageid);
  if (!shipment) return `there is no package ${packageid}`;
  if (shipment.status === 'delivered') return `package ${packageid} is already delivered`;
  const isAboard = shipment.status === 'loaded' || shipment.status === 'delivering';
  if (!isAboard || shipment.truckid !== truck.id) return `package ${packageid} is not on truck ${truck.id}`;
  return undefined;
};

/** Returns the list with new addresses for packages on it, and the others behind, in the given order. */
const extended = (truck: Truck, packages: readonly UDeliveryLocation[]): UDeliveryLocation[] => {
  const route = new Map(truck.route.map((location) => [location.packageid, location]));
  for (const { packageid, x, y } of packages) route.set(packageid, { packageid, x, y });
  return [...route.values()];
};

/**
 * Sends a truck to deliver, in the listed order, after its remaining deliveries. A package that is listed again gets
 * the new address in its old place. One undeliverable package refuses the whole command.
 */
export const deliver = (world: WorldState, command: UGoDeliver, { now }: Moment): Refusal | undefined => {
  const truck = world.trucks.get(command.truckid);
  if (!truck) return `there is no truck ${command.truckid}`;
  if (command.packages.length === 0) return `truck ${truck.id} is given nothing to deliver`;
  for (const { packageid } of command.packages) {
    const refusal = whyNotDeliverable(world, truck, packageid);
    if (refusal) return refusal;
  }
  const route = extended(truck, command.packages);
  const isUnderWay = truck.activity.status === 'traveling';
  if (isUnderWay && route.length > truck.route.length) return `truck ${truck.id} is traveling to a warehouse`;
  for (const { packageid } of command.packages) {
    const shipment = world.shipments.get(packageid);
    if (shipment) world.putShipment({ ...shipment, status: 'delivering' });
  }
  if (isUnderWay) world.putTruck({ ...truck, route });
  else send(world, { ...truck, route }, { kind: 'deliver' }, now);
  return undefined;
};

export const queryTruck = (world: WorldState, command: UQuery, { now }: Moment): Refusal | undefined => {
  const truck = world.trucks.get(command.truckid);
  if (!truck) return `there is no truck ${command.truckid}`;
  const { x, y } = placeOf(truck, now);
  world.sendToUps({ kind: 'truckstatus', body: { truckid: truck.id, status: truck.activity.status, x, y } });
  return undefined;
};

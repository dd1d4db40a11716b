import { distance, positionOn, type Place, type Trip } from './grid';
import { travelMs, WAIT_FOR_LOAD_MS } from './pace';
import type { Errand, Truck, TruckActivity, Warehouse, WorldState } from './state';

// Most public mini-UPS programs compare with exactly these texts; those of `truckstatus` are in lower case.
const COMPLETED_ARRIVAL = 'ARRIVE WAREHOUSE';
const COMPLETED_IDLE = 'IDLE';

/** Returns the place of a truck: during a drive, the last crossing that it passed. */
export const placeOf = (truck: Truck, now: number): Place =>
  'trip' in truck.activity ? positionOn(truck.activity.trip, now) : { x: truck.x, y: truck.y };

const tripTo = (world: WorldState, from: Place, { x, y }: Place, now: number): Trip => {
  const to = { x, y };
  return { from, to, departedAt: now, arrivesAt: now + travelMs(distance(from, to), world.settings.speed) };
};

/** Sends a truck from its place to a warehouse; its remaining deliveries stay on its list. */
const driveToPickup = (world: WorldState, truck: Truck, warehouse: Warehouse, now: number): void => {
  const from = placeOf(truck, now);
  const trip = tripTo(world, from, warehouse, now);
  world.putTruck({ ...truck, ...from, activity: { status: 'traveling', whid: warehouse.id, trip } });
};

/** Sends a truck from its place to the first address on its list; with an empty list it becomes idle. */
const driveOn = (world: WorldState, truck: Truck, now: number): void => {
  const from = placeOf(truck, now);
  const [first] = truck.route;
  if (first === undefined) {
    world.putTruck({ ...truck, ...from, activity: { status: 'idle' } });
    world.sendToUps({ kind: 'completions', body: { truckid: truck.id, ...from, status: COMPLETED_IDLE } });
    return;
  }
  const trip = tripTo(world, from, first, now);
  world.putTruck({ ...truck, ...from, activity: { status: 'delivering', trip } });
};

type Traveling = Extract<TruckActivity, { status: 'traveling' }>;

const arriveAtWarehouse = (world: WorldState, truck: Truck, { whid, trip }: Traveling, now: number): void => {
  const wait = truck.route.length > 0 ? { leavesAt: now + WAIT_FOR_LOAD_MS } : {};
  const { x, y } = trip.to;
  world.putTruck({ ...truck, x, y, activity: { status: 'arrive warehouse', whid, ...wait } });
  world.sendToUps({ kind: 'completions', body: { truckid: truck.id, x, y, status: COMPLETED_ARRIVAL } });
};

const arriveAtDoor = (world: WorldState, truck: Truck, now: number): void => {
  const [delivered, ...route] = truck.route;
  if (delivered === undefined) return;
  const shipment = world.shipments.get(delivered.packageid);
  if (shipment) world.putShipment({ ...shipment, status: 'delivered' });
  world.sendToUps({ kind: 'delivered', body: { truckid: truck.id, packageid: delivered.packageid } });
  driveOn(world, { ...truck, route }, now);
};

/** Applies a truck's next change. */
export const truckIsDue = (world: WorldState, truck: Truck, now: number): void => {
  switch (truck.activity.status) {
    case 'traveling':
      arriveAtWarehouse(world, truck, truck.activity, now);
      return;
    case 'delivering':
      arriveAtDoor(world, truck, now);
      return;
    case 'arrive warehouse':
      driveOn(world, truck, now);
      return;
    case 'idle':
    case 'loading':
      return;
  }
};

/** True if the truck is at that warehouse, whether or not it is being loaded. */
export const isAtWarehouse = ({ activity }: Truck, whid: number): boolean =>
  (activity.status === 'arrive warehouse' || activity.status === 'loading') && activity.whid === whid;

export const beginLoading = (world: WorldState, truck: Truck, whid: number): void => {
  const { activity } = truck;
  const inHand = activity.status === 'loading' ? activity : { loads: 0 };
  world.putTruck({ ...truck, activity: { ...inHand, status: 'loading', whid, loads: inHand.loads + 1 } });
};

export const endLoading = (world: WorldState, truck: Truck, now: number): void => {
  const { activity } = truck;
  if (activity.status !== 'loading') return;
  const { whid, errand } = activity;
  if (activity.loads > 1) {
    world.putTruck({ ...truck, activity: { ...activity, loads: activity.loads - 1 } });
    return;
  }
  const standing: Truck = { ...truck, activity: { status: 'arrive warehouse', whid } };
  world.putTruck(standing);
  if (errand) runErrand(world, standing, errand, now);
};

const runErrand = (world: WorldState, truck: Truck, errand: Errand, now: number): void => {
  if (errand.kind === 'deliver') {
    driveOn(world, truck, now);
    return;
  }
  const warehouse = world.warehouses.get(errand.whid);
  if (warehouse) driveToPickup(world, truck, warehouse, now);
};

/** Starts a task at once, or after the present loading. */
export const send = (world: WorldState, truck: Truck, errand: Errand, now: number): void => {
  if (truck.activity.status === 'loading') {
    world.putTruck({ ...truck, activity: { ...truck.activity, errand } });
  } else runErrand(world, truck, errand, now);
};

import { offers, otherTruck, truckId } from '../../tests/support/domain/shipments';
import { alongEveryWalk, everyStep, recordsOnce } from '../../tests/support/domain/walk';
import type { TruckId } from '../kernel';
import { shipment, shipmentActions, shipmentStateDiagram, shipmentTransitions } from './';

const steps = everyStep(shipment, offers);

it('goes the ways of its table, all of them and no others', () => {
  const walked = new Set<string>();
  for (const { before, decision } of steps) {
    if (!decision.ok) continue;
    let state = before;
    for (const fact of decision.events) {
      const next = shipment.evolve(state, fact);
      const from = state.status === 'NONE' ? '[*]' : state.status;
      if (next.status !== state.status) walked.add(`${from} --> ${next.status} : ${fact.type}`);
      state = next;
    }
  }
  expect([...walked].sort()).toStrictEqual([...shipmentStateDiagram].sort());
  expect(Object.keys(shipmentTransitions)).toHaveLength(8);
});

it('is retried, and its status requested, at the statuses of the table and at no others', () => {
  for (const [type, action] of [
    ['RetryShipment', 'retryShipment'],
    ['RequestShipmentStatus', 'requestShipmentStatus'],
  ] as const) {
    const found = steps.filter(
      ({ command, decision }) => command.type === type && decision.ok && decision.events.length > 0,
    );
    expect(new Set(found.map(({ before }) => before.status))).toStrictEqual(new Set(shipmentActions[action]));
  }
});

it('leads nowhere from DELIVERED and CANCELLED', () => {
  for (const { before, after } of steps)
    if (before.status === 'DELIVERED' || before.status === 'CANCELLED')
      expect(after.status).toBe(before.status);
});

it('is loaded on the truck at the warehouse, and on no other', () => {
  const loads = steps.flatMap(({ before, decision }) =>
    decision.ok && decision.events[0]?.type === 'ShipmentLoaded'
      ? [[before.status === 'NONE' ? null : before.truckId, decision.events[0].data.truckId] as const]
      : [],
  );
  expect(new Set(loads.map(([, truck]) => truck))).toStrictEqual(new Set<TruckId>([truckId, otherTruck]));
  for (const [atDoor, truck] of loads) expect(truck).toBe(atDoor);
});

it('starts loading when it is packed and a truck is at the warehouse, in any order', () => {
  for (const { after } of steps) if (after.status === 'PACKED') expect(after.truckId).toBeNull();
});

it('records any command, sent twice, once, unless a second one is a second question', () => {
  const check = (step: (typeof steps)[number]): void => {
    if (step.command.type !== 'RequestShipmentStatus') recordsOnce(shipment, step);
  };
  steps.forEach(check);
  alongEveryWalk(shipment, offers, check);
});

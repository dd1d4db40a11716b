import { createHash } from 'node:crypto';
import { purchaseArrives, shipmentIsDue } from './amazon-rules';
import { SEEN_MAX, UNACKED_MAX, type Refusal } from './limits';
import type { Due, Moment, Side, WorldState } from './state';
import { truckIsDue } from './trucks';

/** One element of a command, with the function that applies it. */
export type CommandElement = {
  readonly seqnum: bigint;
  readonly kind: string;
  readonly body: object;
  readonly act: (world: WorldState, moment: Moment) => Refusal | undefined;
};

/** The result of an element. One that was put off is not acknowledged, so the client sends it again. */
export type Reception = 'acted' | 'refused' | 'repeated' | 'put off';

const fingerprintOf = ({ kind, body }: CommandElement): string => {
  const text = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha1').update(kind).update(text).digest('base64').slice(0, 16);
};

/**
 * Applies an element once. Within a connection a seqnum counts once, with any content; over connections the same
 * element under the same seqnum is a repeat. Another element under a seqnum of an earlier connection is applied: it
 * comes from a program that was restarted and counts from the beginning.
 */
export const receive = (
  world: WorldState,
  from: { readonly side: Side; readonly connection: number },
  element: CommandElement,
  moment: Moment,
): Reception => {
  const { side, connection } = from;
  const seen = world.seen[side];
  const before = seen.get(element.seqnum);
  const fingerprint = fingerprintOf(element);
  if (before && (before.connection === connection || before.print === fingerprint)) return 'repeated';
  if (world.outbox[side].size + world.purchases.size >= UNACKED_MAX) return 'put off';

  seen.delete(element.seqnum);
  seen.put(element.seqnum, { print: fingerprint, connection });
  const oldest = seen.oldestKey();
  if (seen.size > SEEN_MAX && oldest !== undefined) seen.delete(oldest);

  const err = element.act(world, moment);
  if (err === undefined) return 'acted';
  world.tellError(side, { err, originseqnum: element.seqnum });
  return 'refused';
};

/** Removes an acknowledged element from the outbox. */
export const acked = (world: WorldState, side: Side, seqnum: bigint): boolean =>
  world.outbox[side].delete(seqnum);

/** Sets the speed of future actions; 0 would stop the world for ever and is ignored. */
export const setSpeed = (world: WorldState, speed: number): void => {
  if (speed > 0 && speed !== world.settings.speed) world.change({ speed });
};

const happens = (world: WorldState, { kind, row, at }: Due): void => {
  switch (kind) {
    case 'purchase': {
      const purchase = world.purchases.get(row);
      if (purchase) purchaseArrives(world, row, purchase);
      return;
    }
    case 'shipment': {
      const shipment = world.shipments.get(row);
      if (shipment) shipmentIsDue(world, shipment, at);
      return;
    }
    case 'truck': {
      const truck = world.trucks.get(row);
      if (truck) truckIsDue(world, truck, at);
      return;
    }
  }
};

/** Applies all changes that are due by `now`, each at its own time, so that a late call loses none of them. */
export const advance = (world: WorldState, now: number): void => {
  for (let due = world.agenda.takeDue(now); due; due = world.agenda.takeDue(now)) happens(world, due);
};

/** True while a command of this side is unfinished. */
export const isBusy = (world: WorldState, side: Side): boolean => {
  if (side === 'amazon') {
    for (const { kind } of world.agenda.values()) if (kind !== 'truck') return true;
    return false;
  }
  for (const { activity } of world.trucks.values()) if ('trip' in activity) return true;
  return false;
};

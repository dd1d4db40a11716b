import type { Random } from '../../../platform/clock';
import {
  acked,
  addTrucks,
  addWarehouses,
  advance,
  amazonProtocol,
  receive,
  setSpeed,
  upsProtocol,
  WorldState,
  type OutgoingElement,
  type Reception,
  type Side,
} from '../../../simulators/world/core';
import { aCommands, uCommands, type ACommands, type UCommands } from '../../../proto/world';

/** Chance in the middle: work takes exactly as long as it usually does. */
export const evenRandom: Random = { next: () => 0.5, bytes: (length) => new Uint8Array(length) };

/** Two warehouses, (0, 10) and (20, 0), and two trucks, (0, 0) and (5, 5). */
export class City {
  readonly world: WorldState;
  now = 0;
  /** The connection of each side. */
  connection = 1;

  constructor(private readonly random: Random = evenRandom) {
    this.world = new WorldState(1n);
    addWarehouses(this.world, [
      { id: 1, x: 0, y: 10 },
      { id: 2, x: 20, y: 0 },
    ]);
    addTrucks(this.world, [
      { id: 7, x: 0, y: 0 },
      { id: 8, x: 5, y: 5 },
    ]);
  }

  /** The shop commands. */
  shop(message: Partial<ACommands>): this {
    this.receptions('amazon', aCommands.encode(message));
    return this;
  }

  /** The carrier commands. */
  carrier(message: Partial<UCommands>): this {
    this.receptions('ups', uCommands.encode(message));
    return this;
  }

  receptions(side: Side, bytes: Uint8Array): Reception[] {
    const protocol = side === 'amazon' ? amazonProtocol : upsProtocol;
    const { elements, acks, speed } = protocol.readCommands(bytes);
    if (speed !== undefined) setSpeed(this.world, speed);
    for (const seqnum of acks) acked(this.world, side, seqnum);
    const from = { side, connection: this.connection };
    const moment = { now: this.now, random: this.random };
    return elements.map((element) => receive(this.world, from, element, moment));
  }

  /** So many milliseconds go by. */
  pass(ms: number): this {
    this.now += ms;
    advance(this.world, this.now);
    return this;
  }

  /** Returns the World's messages since the last call, without seqnums: field and element. */
  said(side: Side): [string, object][] {
    return this.world.takeFresh(side).map((seqnum) => {
      const { kind, body } = this.world.outbox[side].get(seqnum) as OutgoingElement;
      const told = Object.entries(body).filter(([name]) => name !== 'seqnum');
      return [kind, Object.fromEntries(told)];
    });
  }

  /** Forgets what was said so far. */
  hush(): this {
    this.world.takeFresh('amazon');
    this.world.takeFresh('ups');
    return this;
  }

  /** So much of a product on the shelf of warehouse 1. */
  stocked(id: bigint, count: number): this {
    this.world.addStock(1, { id, description: `product ${id}`, count });
    return this;
  }

  /** A shipment of the product 5 that is packed at warehouse 1. */
  packed(...shipids: readonly bigint[]): this {
    for (const shipid of shipids) {
      const things = [{ id: 5n, description: '', count: 1 }];
      this.stocked(5n, 1).shop({ topack: [{ whnum: 1, things, shipid, seqnum: 1000n + shipid }] });
    }
    return this.pass(1000).hush();
  }

  /** Truck 7 stands at warehouse 1. */
  arrived(): this {
    return this.carrier({ pickups: [{ truckid: 7, whid: 1, seqnum: 900n }] })
      .pass(800)
      .hush();
  }

  /** Shipments that are on truck 7, at warehouse 1. */
  loaded(...shipids: readonly bigint[]): this {
    this.packed(...shipids).arrived();
    for (const shipid of shipids) {
      this.shop({ load: [{ whnum: 1, truckid: 7, shipid, seqnum: 2000n + shipid }] });
    }
    return this.pass(500).hush();
  }
}

import { placeOf, type Side, type WorldState } from './core';
import type { Counters } from './counters';
import type { WireFaults } from './faults';
import type { Simulator } from './simulator';

/** A world's connections and the number of their unacknowledged answers. */
export type WorldSummary = {
  readonly id: bigint;
  readonly speed: number;
  readonly connected: readonly Side[];
  readonly unacked: Readonly<Record<Side, number>>;
  readonly shipments: number;
};

export type WorldStats = {
  readonly counters: Readonly<Counters>;
  readonly faults: WireFaults;
  readonly worlds: readonly WorldSummary[];
};

/** A world's present state, for maps and for audits. */
export type WorldView = {
  readonly warehouses: readonly { readonly id: number; readonly x: number; readonly y: number }[];
  readonly stock: readonly { readonly whnum: number; readonly product: bigint; readonly count: number }[];
  readonly trucks: readonly {
    readonly id: number;
    readonly x: number;
    readonly y: number;
    readonly status: string;
    /** The remaining deliveries, in order. */
    readonly route: readonly bigint[];
  }[];
  readonly shipments: readonly {
    readonly shipid: bigint;
    readonly whnum: number;
    readonly status: string;
    readonly truckid: number | undefined;
  }[];
};

export const statsOf = (simulator: Simulator): WorldStats => ({
  counters: { ...simulator.counters },
  faults: simulator.faults,
  worlds: Array.from(simulator.states(), ({ world, connected }) => ({
    id: world.id,
    speed: world.settings.speed,
    connected,
    unacked: { amazon: world.outbox.amazon.size, ups: world.outbox.ups.size },
    shipments: world.shipments.size,
  })),
});

const truckViews = (world: WorldState, now: number): WorldView['trucks'] =>
  Array.from(world.trucks.values(), (truck) => ({
    id: truck.id,
    ...placeOf(truck, now),
    status: truck.activity.status,
    route: truck.route.map(({ packageid }) => packageid),
  }));

export const viewOf = (simulator: Simulator, id: bigint): WorldView | undefined => {
  const world = simulator.world(id);
  if (!world) return undefined;
  return {
    warehouses: [...world.warehouses.values()],
    stock: Array.from(world.stock.entries(), ([key, { id: product, count }]) => ({
      whnum: Number.parseInt(key, 10),
      product,
      count,
    })),
    trucks: truckViews(world, simulator.now()),
    shipments: Array.from(world.shipments.values(), ({ shipid, whnum, status, truckid }) => ({
      shipid,
      whnum,
      status,
      truckid,
    })),
  };
};

import type { Notice, Place, Report, Standing, TruckOrder, WorldNews } from './words';

export type Parcel = {
  readonly number: number;
  readonly warehouse: number;
  readonly destination: Place;
  /** `waiting` has no truck; `assigned` has one that is on its way to the warehouse or there. */
  readonly stage: Standing['stage'];
  readonly packed: boolean;
  readonly truck: number | null;
};

export type Truck = {
  readonly id: number;
  readonly stage: 'idle' | 'to-warehouse' | 'at-warehouse' | 'delivering';
  readonly warehouse: number | null;
  /** The start of the present stage, or the time of the next attempt, in the clock's epoch milliseconds. */
  readonly since: number;
};

/**
 * The results of a step: reports and truck orders, to be stored and then sent; and the changes, to be stored with them.
 */
export type Effects = {
  readonly reports: Report[];
  readonly orders: TruckOrder[];
  readonly parcels: Map<number, Parcel>;
  readonly trucks: Map<number, Truck>;
};

/** The number of parcels that a truck takes at once. */
const TRUCK_LOAD_MAX = 20;
/** The time for which a truck waits at a warehouse for parcels that are not packed yet, while others could go. */
const PATIENCE_MS = 30_000;
/** The wait after a refusal of the World. */
const RETRY_MS = 1_000;

const trackingNumberOf = (shipment: number): string => `WB${String(shipment).padStart(10, '0')}`;

const noEffects = (): Effects => ({ reports: [], orders: [], parcels: new Map(), trucks: new Map() });

const isOver = ({ stage }: Parcel): boolean => stage === 'delivered' || stage === 'cancelled';

/** Returns the set of a key and makes it if it is missing. */
const setOf = (sets: Map<number, Set<number>>, key: number): Set<number> => {
  const existing = sets.get(key) ?? new Set<number>();
  sets.set(key, existing);
  return existing;
};

/**
 * The dispatcher: decides which parcel goes on which truck, and which messages to send. It has no clock, sockets or
 * files: each step takes an input and returns its effects. A repeated input has no effect.
 */
export class Desk {
  /** The open parcels; `isDone` knows the others. */
  readonly parcels = new Map<number, Parcel>();
  readonly trucks = new Map<number, Truck>();
  private readonly waitingAt = new Map<number, Set<number>>();
  private readonly loads = new Map<number, Set<number>>();
  private effects: Effects = noEffects();

  /** @param isDone - returns the final stage of a parcel that was delivered or cancelled. */
  constructor(
    parcels: Iterable<Parcel>,
    trucks: Iterable<Truck>,
    private readonly isDone: (shipment: number) => 'delivered' | 'cancelled' | undefined,
  ) {
    for (const truck of trucks) this.trucks.set(truck.id, truck);
    for (const parcel of parcels) this.enter(parcel);
  }

  notice(notice: Notice, now: number): Effects {
    return this.step(now, () => this.apply(notice));
  }

  news(news: WorldNews, now: number): Effects {
    return this.step(now, () => this.applyNews(news, now));
  }

  /** @returns undefined for an unknown shipment. */
  standing(shipment: number): Standing | undefined {
    const parcel = this.parcels.get(shipment);
    const stage = parcel?.stage ?? this.isDone(shipment);
    return stage && { stage, truck: parcel?.truck ?? null, trackingNumber: trackingNumberOf(shipment) };
  }

  /** Lets time pass: refused orders may be repeated, and trucks may stop waiting. */
  tick(now: number): Effects {
    return this.step(now, () => undefined);
  }

  private step(now: number, act: () => void): Effects {
    this.effects = noEffects();
    act();
    this.assign(now);
    this.depart(now);
    this.fetchTheRest(now);
    return this.effects;
  }

  private put(parcel: Parcel): void {
    this.leave(this.parcels.get(parcel.number));
    if (!isOver(parcel)) this.enter(parcel);
    this.effects.parcels.set(parcel.number, parcel);
  }

  private enter(parcel: Parcel): void {
    this.parcels.set(parcel.number, parcel);
    if (parcel.stage === 'waiting') setOf(this.waitingAt, parcel.warehouse).add(parcel.number);
    if (parcel.truck !== null) setOf(this.loads, parcel.truck).add(parcel.number);
  }

  private leave(parcel: Parcel | undefined): void {
    if (parcel === undefined) return;
    this.parcels.delete(parcel.number);
    this.waitingAt.get(parcel.warehouse)?.delete(parcel.number);
    if (parcel.truck !== null) this.loads.get(parcel.truck)?.delete(parcel.number);
  }

  private move(truck: Truck): void {
    this.trucks.set(truck.id, truck);
    this.effects.trucks.set(truck.id, truck);
  }

  private report(report: Report): void {
    this.effects.reports.push(report);
  }

  private on(truck: number): readonly Parcel[] {
    return [...(this.loads.get(truck) ?? [])].flatMap((number) => this.parcels.get(number) ?? []);
  }

  private apply(notice: Notice): void {
    const done = this.isDone(notice.shipment);
    if (done !== undefined) return this.repeatTheEnd(notice, done);
    const existing = this.parcels.get(notice.shipment);
    if (notice.kind === 'created') {
      if (existing === undefined) this.take(notice);
      return;
    }
    if (existing === undefined) {
      if (notice.kind !== 'cancelled') this.report({ kind: 'details-wanted', shipment: notice.shipment });
      return;
    }
    switch (notice.kind) {
      case 'packed':
        return this.put({ ...existing, packed: true });
      case 'loaded':
        if (existing.stage === 'assigned') this.put({ ...existing, packed: true, stage: 'loaded' });
        return;
      case 'destination-changed':
        return this.redirect({ ...existing, destination: notice.destination });
      case 'cancelled':
        if (existing.stage === 'waiting' || existing.stage === 'assigned') {
          this.put({ ...existing, stage: 'cancelled', truck: null });
        }
        return;
      case 'status-requested':
        if (existing.stage === 'on-the-road')
          this.report({ kind: 'delivery-started', shipment: existing.number });
        return;
    }
  }

  private repeatTheEnd({ kind, shipment }: Notice, done: 'delivered' | 'cancelled'): void {
    if (kind === 'status-requested' && done === 'delivered') this.report({ kind: 'delivered', shipment });
  }

  private take({ shipment, warehouse, destination, packed }: Extract<Notice, { kind: 'created' }>): void {
    this.put({ number: shipment, warehouse, destination, stage: 'waiting', packed, truck: null });
    this.report({ kind: 'tracking-assigned', shipment, trackingNumber: trackingNumberOf(shipment) });
  }

  private redirect(parcel: Parcel): void {
    this.put(parcel);
    if (parcel.stage !== 'on-the-road' || parcel.truck === null) return;
    const parcels = [{ shipment: parcel.number, destination: parcel.destination }];
    this.effects.orders.push({ kind: 'deliver', truck: parcel.truck, parcels });
  }

  private applyNews(news: WorldNews, now: number): void {
    if (news.kind === 'refused') return this.giveUp(news.order, now);
    const truck = this.trucks.get(news.truck);
    if (truck === undefined) return;
    switch (news.kind) {
      case 'arrived':
        return this.arrive(truck, now);
      case 'delivered':
        return this.deliver(news.shipment);
      case 'idle':
        if (truck.stage === 'delivering') this.move({ ...truck, stage: 'idle', warehouse: null, since: now });
        return;
    }
  }

  private arrive(truck: Truck, now: number): void {
    if (truck.stage !== 'to-warehouse') return;
    this.move({ ...truck, stage: 'at-warehouse', since: now });
    for (const parcel of this.on(truck.id))
      if (parcel.stage === 'assigned') this.reportArrival(parcel, truck.id);
  }

  private reportArrival({ number, warehouse }: Parcel, truck: number): void {
    this.report({ kind: 'truck-arrived', shipment: number, truck, warehouse });
  }

  private deliver(shipment: number): void {
    const parcel = this.parcels.get(shipment);
    if (parcel?.stage !== 'on-the-road') return;
    this.put({ ...parcel, stage: 'delivered' });
    this.report({ kind: 'delivered', shipment });
  }

  /** Repeats an order later that the World has refused. */
  private giveUp(order: TruckOrder, now: number): void {
    const truck = this.trucks.get(order.truck);
    if (truck === undefined) return;
    const since = now + RETRY_MS;
    if (order.kind === 'pick-up' && truck.stage === 'to-warehouse') {
      this.move({ ...truck, stage: 'idle', warehouse: null, since });
    }
    if (order.kind === 'deliver' && truck.stage === 'delivering') {
      this.move({ ...truck, stage: truck.warehouse === null ? 'idle' : 'at-warehouse', since });
      for (const parcel of this.on(truck.id))
        if (parcel.stage === 'on-the-road') this.put({ ...parcel, stage: 'loaded' });
    }
  }

  /** Gives every waiting parcel a truck: one that is at its warehouse or on its way there, else a free one. */
  private assign(now: number): void {
    for (const waiting of this.waitingAt.values()) {
      for (const number of waiting) {
        const parcel = this.parcels.get(number);
        if (parcel === undefined) continue;
        const truck = this.truckFor(parcel.warehouse, now);
        if (truck === undefined) break;
        this.assignTo(truck, parcel, now);
      }
    }
  }

  private assignTo(truck: Truck, parcel: Parcel, now: number): void {
    const { number, warehouse } = parcel;
    this.put({ ...parcel, stage: 'assigned', truck: truck.id });
    this.report({ kind: 'truck-dispatched', shipment: number, truck: truck.id });
    if (truck.warehouse === warehouse && truck.stage === 'at-warehouse') this.reportArrival(parcel, truck.id);
    if (truck.warehouse === warehouse && truck.stage !== 'idle') return;
    this.move({ ...truck, stage: 'to-warehouse', warehouse, since: now });
    this.effects.orders.push({ kind: 'pick-up', truck: truck.id, warehouse });
  }

  private truckFor(warehouse: number, now: number): Truck | undefined {
    const trucks = [...this.trucks.values()];
    const going = trucks.find(
      (truck) =>
        truck.warehouse === warehouse &&
        (truck.stage === 'to-warehouse' ||
          (truck.stage === 'at-warehouse' && now < truck.since + PATIENCE_MS)) &&
        this.on(truck.id).length < TRUCK_LOAD_MAX,
    );
    return going ?? trucks.find((truck) => this.isFree(truck, now));
  }

  private isFree({ id, stage, since }: Truck, now: number): boolean {
    return since <= now && (stage === 'idle' || stage === 'at-warehouse') && this.on(id).length === 0;
  }

  /**
   * Lets a truck leave when all its parcels are loaded, or after its patience without those that are not packed. Such a
   * parcel keeps its truck and is fetched later: a shop that has been notified of this truck may be loading the parcel
   * at this moment, and a parcel with a new truck would then be on the wrong one.
   */
  private depart(now: number): void {
    for (const truck of this.trucks.values()) {
      if ((truck.stage !== 'at-warehouse' && truck.stage !== 'idle') || truck.since > now) continue;
      const parcels = this.on(truck.id).filter(({ stage }) => stage === 'loaded');
      const left = this.on(truck.id).filter(({ stage }) => stage !== 'loaded');
      if (parcels.length === 0 || (left.length > 0 && !this.mayLeave(truck, left, now))) continue;
      this.move({ ...truck, stage: 'delivering', since: now });
      for (const parcel of parcels) {
        this.put({ ...parcel, stage: 'on-the-road' });
        this.report({ kind: 'delivery-started', shipment: parcel.number });
      }
      const load = parcels.map(({ number, destination }) => ({ shipment: number, destination }));
      this.effects.orders.push({ kind: 'deliver', truck: truck.id, parcels: load });
    }
  }

  private mayLeave({ stage, since }: Truck, parcels: readonly Parcel[], now: number): boolean {
    return stage === 'at-warehouse' && since + PATIENCE_MS <= now && !parcels.some(({ packed }) => packed);
  }

  /**
   * Sends a truck that has delivered back for the parcels that it left behind, and repeats an order that the World
   * refused.
   */
  private fetchTheRest(now: number): void {
    for (const truck of this.trucks.values()) {
      const [left] = this.on(truck.id).filter(({ stage }) => stage === 'assigned');
      if (truck.stage !== 'idle' || truck.since > now || left === undefined) continue;
      const { warehouse } = left;
      this.move({ ...truck, stage: 'to-warehouse', warehouse, since: now });
      this.effects.orders.push({ kind: 'pick-up', truck: truck.id, warehouse });
    }
  }
}

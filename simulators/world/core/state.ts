import type { Random } from '../../../platform/clock';
import type { AErr, AInitWarehouse, AProduct, APurchaseMore, AResponses } from '../../../proto/world';
import type { UDeliveryLocation, UResponses } from '../../../proto/world';
import { Agenda } from './agenda';
import type { Place, Trip } from './grid';
import { DEFAULT_SPEED } from './pace';
import { Table, type Key } from './table';

export type Side = 'amazon' | 'ups';

/** The time of an action, on the World's own clock in milliseconds, and its source of random values. */
export type Moment = { readonly now: number; readonly random: Random };

export type Warehouse = AInitWarehouse;
export type Purchase = Pick<APurchaseMore, 'whnum' | 'things'> & { readonly dueAt: number };

export type ShipmentStatus = 'packing' | 'packed' | 'loading' | 'loaded' | 'delivering' | 'delivered';
export type Shipment = {
  readonly shipid: bigint;
  readonly whnum: number;
  readonly status: ShipmentStatus;
  /** The end of the packing or loading. */
  readonly dueAt?: number;
  /** Present from loading on. */
  readonly truckid?: number;
};

/** The next task of a truck after the loading. */
export type Errand = { readonly kind: 'deliver' } | { readonly kind: 'pickup'; readonly whid: number };

export type TruckActivity =
  | { readonly status: 'idle' }
  | { readonly status: 'traveling'; readonly whid: number; readonly trip: Trip }
  | { readonly status: 'arrive warehouse'; readonly whid: number; readonly leavesAt?: number }
  | { readonly status: 'loading'; readonly whid: number; readonly loads: number; readonly errand?: Errand }
  | { readonly status: 'delivering'; readonly trip: Trip };

export type Truck = Place & {
  readonly id: number;
  /** The first place: a client that connects again names the truck by it. */
  readonly home: Place;
  readonly activity: TruckActivity;
  /** The remaining deliveries, in order. */
  readonly route: readonly UDeliveryLocation[];
};

type AmazonKind = 'arrived' | 'ready' | 'loaded' | 'error' | 'packagestatus';
type UpsKind = 'completions' | 'delivered' | 'truckstatus' | 'error';

/** One element of a response, by the name of its field, kept until it is acknowledged. */
export type AmazonElement = {
  [Kind in AmazonKind]: { readonly kind: Kind; readonly body: AResponses[Kind][number] };
}[AmazonKind];
export type UpsElement = {
  [Kind in UpsKind]: { readonly kind: Kind; readonly body: UResponses[Kind][number] };
}[UpsKind];
export type OutgoingElement = AmazonElement | UpsElement;

type WithoutSeqnum<Element> = Element extends { kind: infer Kind; body: infer Body }
  ? { readonly kind: Kind; readonly body: Omit<Body, 'seqnum'> }
  : never;

/** A processed element of a command: its fingerprint, and its connection. */
export type Seen = { readonly print: string; readonly connection: number };

export type Settings = {
  readonly speed: number;
  readonly seqnums: Readonly<Record<Side, bigint>>;
  readonly connections: number;
  readonly purchases: number;
};

/** A future change of a row. */
export type Due = { readonly at: number; readonly key: string } & (
  | { readonly kind: 'purchase'; readonly row: number }
  | { readonly kind: 'shipment'; readonly row: bigint }
  | { readonly kind: 'truck'; readonly row: number }
);

export type RowChange = readonly [table: string, key: Key, row: unknown];

export const stockKey = (whnum: number, product: bigint): string => `${whnum}/${product}`;

/** Returns the time of the truck's next change; undefined while it waits for a command. */
const truckDueAt = ({ activity }: Truck): number | undefined => {
  switch (activity.status) {
    case 'traveling':
    case 'delivering':
      return activity.trip.arrivesAt;
    case 'arrive warehouse':
      return activity.leavesAt;
    case 'idle':
    case 'loading':
      return undefined;
  }
};

/** The state of a world, as tables whose changes can be stored, and the agenda that follows from them. */
export class WorldState {
  private isTouched = false;
  private readonly tables: Record<string, Table<never, never>> = {};
  private readonly fresh: Record<Side, bigint[]> = { amazon: [], ups: [] };

  readonly agenda = new Agenda<Due>();
  readonly warehouses = this.table<number, Warehouse>('warehouses');
  readonly stock = this.table<string, AProduct>('stock');
  readonly purchases = this.table<number, Purchase>('purchases');
  readonly shipments = this.table<bigint, Shipment>('shipments');
  readonly trucks = this.table<number, Truck>('trucks');
  readonly outbox = {
    amazon: this.table<bigint, OutgoingElement>('amazonOutbox'),
    ups: this.table<bigint, OutgoingElement>('upsOutbox'),
  };
  readonly seen = {
    amazon: this.table<bigint, Seen>('amazonSeen'),
    ups: this.table<bigint, Seen>('upsSeen'),
  };
  private readonly settingsTable = this.table<string, Settings>('settings');

  constructor(
    readonly id: bigint,
    speed: number = DEFAULT_SPEED,
  ) {
    this.change({ speed });
  }

  get settings(): Settings {
    const initial = { speed: DEFAULT_SPEED, seqnums: { amazon: 0n, ups: 0n }, connections: 0, purchases: 0 };
    return this.settingsTable.get('settings') ?? initial;
  }

  change(settings: Partial<Settings>): void {
    this.settingsTable.put('settings', { ...this.settings, ...settings });
  }

  putPurchase(purchase: Purchase): void {
    const row = this.settings.purchases + 1;
    this.change({ purchases: row });
    this.purchases.put(row, purchase);
    this.planPurchase(row, purchase);
  }

  putShipment(shipment: Shipment): void {
    this.shipments.put(shipment.shipid, shipment);
    this.planShipment(shipment);
  }

  putTruck(truck: Truck): void {
    this.trucks.put(truck.id, truck);
    this.planTruck(truck);
  }

  addStock(whnum: number, { id, description, count }: AProduct): void {
    const key = stockKey(whnum, id);
    this.stock.put(key, { id, description, count: count + (this.stock.get(key)?.count ?? 0) });
  }

  /** Adds a message to the Amazon side to the outbox, until it is acknowledged. */
  sendToAmazon(element: WithoutSeqnum<AmazonElement>): void {
    this.send(
      'amazon',
      (seqnum) => ({ kind: element.kind, body: { ...element.body, seqnum } }) as AmazonElement,
    );
  }

  sendToUps(element: WithoutSeqnum<UpsElement>): void {
    this.send('ups', (seqnum) => ({ kind: element.kind, body: { ...element.body, seqnum } }) as UpsElement);
  }

  tellError(side: Side, error: Omit<AErr, 'seqnum'>): void {
    this.send(side, (seqnum) => ({ kind: 'error', body: { ...error, seqnum } }));
  }

  /** Returns the seqnums that were added to the outbox since the last call. */
  takeFresh(side: Side): readonly bigint[] {
    return this.fresh[side].splice(0);
  }

  /** Returns each row that changed since the last call. */
  drain(): RowChange[] {
    if (!this.isTouched) return [];
    this.isTouched = false;
    return Object.entries(this.tables).flatMap(([name, table]) =>
      table.drain().map(([key, row]): RowChange => [name, key, row]),
    );
  }

  *rows(): IterableIterator<RowChange> {
    for (const [name, table] of Object.entries(this.tables)) {
      for (const [key, row] of table.entries()) yield [name, key, row];
    }
  }

  /** Restores a row from its stored form; after the last one, `resume` fills the agenda. */
  restore(table: string, key: Key, row: unknown): void {
    // The rows are our own, protected by checksums; rows of a removed table are ignored.
    this.tables[table]?.restore(key as never, row as never);
  }

  resume(): void {
    for (const [row, purchase] of this.purchases.entries()) this.planPurchase(row, purchase);
    for (const shipment of this.shipments.values()) this.planShipment(shipment);
    for (const truck of this.trucks.values()) this.planTruck(truck);
  }

  private planPurchase(row: number, { dueAt }: Purchase): void {
    this.agenda.plan({ at: dueAt, key: `purchase ${row}`, kind: 'purchase', row });
  }

  private planShipment({ shipid, dueAt }: Shipment): void {
    if (dueAt === undefined) return;
    this.agenda.plan({ at: dueAt, key: `shipment ${shipid}`, kind: 'shipment', row: shipid });
  }

  private planTruck(truck: Truck): void {
    const [at, key] = [truckDueAt(truck), `truck ${truck.id}`];
    if (at === undefined) this.agenda.cancel(key);
    else this.agenda.plan({ at, key, kind: 'truck', row: truck.id });
  }

  private send(side: Side, elementWith: (seqnum: bigint) => OutgoingElement): void {
    const seqnum = this.settings.seqnums[side] + 1n;
    this.change({ seqnums: { ...this.settings.seqnums, [side]: seqnum } });
    this.outbox[side].put(seqnum, elementWith(seqnum));
    this.fresh[side].push(seqnum);
  }

  private table<RowKey extends Key, Row>(name: string): Table<RowKey, Row> {
    const table = new Table<RowKey, Row>(() => (this.isTouched = true));
    this.tables[name] = table as unknown as Table<never, never>;
    return table;
  }
}

import type { CommandContext } from '../../platform/execution';
import type {
  AccountId,
  Instant,
  OrderId,
  ProductId,
  ReviewId,
  ShipmentId,
  WarehouseId,
} from '../../domain/kernel';
import type { Position } from '../../platform/event-store';
import { uuidV7 } from '../../platform/ids';
import { currentTraceparent } from '../../platform/telemetry';
import type { Stored } from '../../platform/read-models';
import type { Account } from '../../projections/accounts';
import { orderAsOf, shipmentAsOf } from '../../projections/as-of';
import type { CatalogueProduct } from '../../projections/catalogue';
import type { OrderDetails } from '../../projections/order-details';
import type { Review } from '../../projections/reviews';
import type { ShipmentTracking } from '../../projections/shipments';
import type { Warehouse } from '../../projections/warehouses';
import type { Attempts } from './login-throttle';
import type { DeviceTokens } from './device-tokens';
import type { DocumentBatches } from './loaders';
import type { Changes } from './change-feed';
import type { EdgeDeps } from './deps';
import type { Limits } from './limits';
import type { Origins } from './origins';
import type { Tokens } from './tokens';
import { mayRead, principalOf, type Viewer } from './caller';

/** The services that all requests of one edge share. */
export type EdgeServices = EdgeDeps & {
  readonly limits: Limits;
  readonly tokenIssuer: Tokens;
  readonly origins: Origins;
  readonly deviceTokens: DeviceTokens;
  readonly live: Changes;
  readonly attempts: Attempts;
  readonly documents: DocumentBatches;
};

/** An order as it is now, or as it stood at `asOf`, and its shipments with it. */
export type OrderShown = OrderDetails & { readonly asOf?: Instant };

/** Returns an id in the spelling in which documents are stored; commands normalize ids in the same way. */
const keyOf = <Id extends string>(id: Id): Id => id.toLowerCase() as Id;

/** A shipment as it is now, or as it stood at `asOf`, and its order with it. */
export type ShipmentShown = ShipmentTracking & { readonly asOf?: Instant };

/** One operation of one viewer. What it may see is decided here, not in the resolvers. */
export class EdgeContext {
  #correlationId: string | undefined;
  /** The read models that the operation reads. A mutation waits for them before it answers. */
  touches: readonly string[] = [];

  constructor(
    readonly services: EdgeServices,
    readonly viewer: Viewer,
    /** The network that the request came from, as limits count it. */
    readonly address: string,
  ) {}

  /** The id of this request in logs, in error messages and in every event that it causes. */
  get correlationId(): string {
    this.#correlationId ??= uuidV7(this.services.clock, this.services.random);
    return this.#correlationId;
  }

  get documents(): DocumentBatches {
    return this.services.documents;
  }

  async account(id: AccountId): Promise<Account | null> {
    return (await this.documents.accounts(keyOf(id)))?.document ?? null;
  }

  /** Returns the viewer's own account, and any account for staff. */
  async visibleAccount(id: AccountId): Promise<Account | null> {
    return mayRead(this.viewer, id) ? this.account(id) : null;
  }

  async product(id: ProductId): Promise<CatalogueProduct | null> {
    return (await this.documents.products(keyOf(id)))?.document ?? null;
  }

  async warehouse(id: WarehouseId): Promise<Warehouse | null> {
    return (await this.documents.warehouses(id))?.document ?? null;
  }

  async review(id: ReviewId): Promise<Review | null> {
    return (await this.documents.reviews(keyOf(id)))?.document ?? null;
  }

  async order(id: OrderId, asOf?: Instant): Promise<OrderShown | null> {
    const now = await this.visible(id, this.documents.orders);
    if (asOf === undefined) return now.document;
    if (now.document === null) return null;
    const order = this.own(await orderAsOf(this.services.events, now.document, asOf));
    return order && { ...order, asOf };
  }

  async shipment(id: ShipmentId, asOf?: Instant): Promise<ShipmentShown | null> {
    const now = await this.visible(id, this.documents.shipments);
    if (asOf === undefined) return now.document;
    const shipment = this.own(await shipmentAsOf(this.services.events, now.id, asOf));
    return shipment && { ...shipment, asOf };
  }

  /**
   * Returns the document if the viewer may see it. If it belongs to another customer, a missing document is read in its
   * place: otherwise the faster answer from memory would reveal that the document exists.
   *
   * @returns the id for further reads.
   */
  private async visible<Id extends string, Owned extends { readonly customerId: AccountId }>(
    id: Id,
    load: (id: Id) => Promise<Stored<Owned> | undefined>,
  ): Promise<{ readonly id: Id; readonly document: Owned | null }> {
    const stored = await load(keyOf(id));
    const document = this.own(stored?.document);
    if (stored === undefined || document !== null) return { id: keyOf(id), document };
    const nothing = this.unusedId() as Id;
    await load(nothing);
    return { id: nothing, document: null };
  }

  /** Looks for a shipment that is not there, which takes as long as to load one. */
  async loadNothing(): Promise<void> {
    await this.documents.shipments(this.unusedId() as ShipmentId);
  }

  private unusedId(): string {
    return uuidV7(this.services.clock, this.services.random);
  }

  /** Returns the document if the viewer may see it; null if it belongs to another customer, as if it did not exist. */
  own<Owned extends { readonly customerId: AccountId }>(document: Owned | undefined): Owned | null {
    return document && mayRead(this.viewer, document.customerId) ? document : null;
  }

  /**
   * Waits until the read models that this operation reads include the command at `position`.
   *
   * @param position - undefined for a command without events, which needs no wait.
   * @returns false if they do not include it in time.
   */
  async shows(position: Position | undefined): Promise<boolean> {
    const { waitFor, limits } = this.services;
    return position === undefined || waitFor(this.touches, position, limits.readAfterMs);
  }

  /** @param keyed - whether the caller chose the id, as an idempotency key. */
  commandContext(commandId: string, keyed: boolean): CommandContext {
    const traceparent = currentTraceparent();
    return {
      commandId,
      ...(keyed ? { keyed } : {}),
      correlationId: this.correlationId,
      principal: principalOf(this.viewer),
      timeoutMs: this.services.limits.commandMs,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
  }
}

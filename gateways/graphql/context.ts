import type { CommandContext } from '../../platform/execution';
import type { AccountId, Instant, Language } from '../../domain/kernel';
import type { Position } from '../../platform/event-store';
import { uuidV7 } from '../../platform/ids';
import { currentTraceparent } from '../../platform/telemetry';
import { cartAsOf, orderAsOf, paymentAsOf, shipmentAsOf, stockLevelAsOf } from '../../projections/as-of';
import type { Cart } from '../../projections/carts';
import type { OrderDetails } from '../../projections/order-details';
import type { Payment } from '../../projections/payments';
import type { ShipmentTracking } from '../../projections/shipments';
import type { StockLevel } from '../../projections/stock-levels';
import type { Access } from './access/access';
import type { Attempts } from './access/login-throttle';
import type { DeviceTokens } from './access/device-tokens';
import type { Loaders } from './readers/loaders';
import type { Changes } from './live/change-feed';
import type { EdgeDeps } from './deps';
import type { Limits } from './operations/limits';
import type { Origins } from './access/origins';
import type { Past } from './readers/past';
import type { Tokens } from './access/tokens';
import { principalOf, type Viewer } from './access/caller';

/** The services that all requests of one edge share. */
export type EdgeServices = EdgeDeps & {
  readonly limits: Limits;
  readonly tokenIssuer: Tokens;
  readonly origins: Origins;
  readonly deviceTokens: DeviceTokens;
  readonly live: Changes;
  readonly attempts: Attempts;
  readonly access: Access;
  readonly loaders: Loaders;
  readonly past: Past;
};

/** An order as it is now, or as it was at `asOf`, and so are its shipments. */
export type OrderShown = OrderDetails & { readonly asOf?: Instant };

/** A shipment as it is now, or as it was at `asOf`, and so is its order. */
export type ShipmentShown = ShipmentTracking & { readonly asOf?: Instant };

/** One operation of one caller. It loads only the documents that the caller may read. */
export class EdgeContext {
  #correlationId: string | undefined;
  #viewer: Viewer;
  /** The read models that the operation reads. A mutation waits for them before it answers. */
  touches: readonly string[] = [];

  constructor(
    readonly services: EdgeServices,
    viewer: Viewer,
    /** The network that the request came from, as limits count it. */
    readonly address: string,
    /** The language of messages for people. */
    readonly language: Language = 'en',
  ) {
    this.#viewer = viewer;
  }

  get viewer(): Viewer {
    return this.#viewer;
  }

  /** Gives the viewer its present roles, which may have changed since the log-in, and since the last answer. */
  async refresh(): Promise<void> {
    this.#viewer = await this.services.access.present(this.#viewer);
  }

  /** The id of this request in logs, in error messages and in every event that it causes. */
  get correlationId(): string {
    this.#correlationId ??= uuidV7(this.services.clock, this.services.random);
    return this.#correlationId;
  }

  get loaders(): Loaders {
    return this.services.loaders;
  }

  async order(id: string, asOf?: Instant): Promise<OrderShown | null> {
    const { orders } = this.loaders;
    const now = await orders.load(id, this.viewer);
    if (asOf === undefined) return now;
    await this.services.past.demand(asOf);
    if (now === null) return null;
    const then = orders.readable(await orderAsOf(this.services.events, now, asOf), this.viewer);
    return then && { ...then, asOf };
  }

  async shipment(id: string, asOf?: Instant): Promise<ShipmentShown | null> {
    const { shipments } = this.loaders;
    const now = await shipments.load(id, this.viewer);
    if (asOf === undefined) return now;
    await this.services.past.demand(asOf);
    if (now === null) return null;
    const then = shipments.readable(await shipmentAsOf(this.services.events, now, asOf), this.viewer);
    return then && { ...then, asOf };
  }

  async payment(id: string, asOf?: Instant): Promise<Payment | null> {
    const { payments } = this.loaders;
    const now = await payments.load(id, this.viewer);
    if (asOf === undefined) return now;
    await this.services.past.demand(asOf);
    if (now === null) return null;
    return payments.readable(await paymentAsOf(this.services.events, now, asOf), this.viewer);
  }

  async cart(customerId: AccountId, asOf?: Instant): Promise<Cart | null> {
    if (asOf === undefined) return this.loaders.carts.load(customerId, this.viewer);
    await this.services.past.demand(asOf);
    return (await cartAsOf(this.services.events, { id: customerId }, asOf)) ?? null;
  }

  /** For staff. */
  async stockLevel(id: string, asOf?: Instant): Promise<StockLevel | null> {
    const { services } = this;
    if (asOf === undefined) return (await services.readers.stock.getMany([id]))[0]?.document ?? null;
    await services.past.demand(asOf);
    return (await stockLevelAsOf(services.events, { id }, asOf)) ?? null;
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
      keyed,
      correlationId: this.correlationId,
      principal: principalOf(this.viewer),
      timeoutMs: this.services.limits.commandMs,
      traceparent,
    };
  }
}

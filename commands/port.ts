import type { CommandContext } from '../platform/execution';
import type {
  Role,
  AccountId,
  CarrierMessageId,
  Instant,
  OrderId,
  PaymentId,
  Place,
  ProductId,
  RefundId,
  ReplenishmentId,
  ReviewId,
  ShipmentId,
  TruckId,
  WarehouseId,
} from '../domain/kernel';
import type { Money } from '../domain/money';
import type { ReviewSubject } from '../domain/review';
import type { ShipmentStep } from '../domain/shipment';
import type { Position } from '../platform/event-store';
import type { Rejection } from './rejections';

/**
 * - `accepted`: its events are durable; `position` is of the last event the command wrote, absent where it changed nothing.
 * - `rejected`: nothing was recorded, and the caller can act on why.
 * - `unknown`: it may or may not have happened. The same command with the same id may be sent again.
 */
export type Outcome<Success> =
  | { readonly kind: 'accepted'; readonly value: Success; readonly position?: Position }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'unknown'; readonly commandId: string };

type UseCase<Input, Success> = { readonly input: Input; readonly success: Success };
type Nothing = Readonly<Record<string, never>>;

export type SessionGranted = {
  readonly account: {
    readonly id: AccountId;
    readonly email: string;
    readonly name: string;
    readonly roles: readonly Role[];
  };
  readonly sessionId: string;
  /** A secret, shown once: `<account>.<session>.<random>`. */
  readonly refreshToken: string;
  readonly expiresAt: Instant;
};

export type ImportedLine = {
  readonly productId: ProductId;
  readonly quantity: number;
  readonly unitPrice: Money;
};

/** Everything that can be asked of the platform: name → what goes in, what comes out. One file each in `commands/`. */
export type UseCases = {
  signUp: UseCase<{ email: string; password: string; name: string }, SessionGranted>;
  logIn: UseCase<{ email: string; password: string }, SessionGranted>;
  refreshSession: UseCase<{ refreshToken: string }, SessionGranted>;
  logOut: UseCase<{ refreshToken: string }, Nothing>;
  /** System and administrators only. Makes the account where it is absent (without a usable password when none is given). */
  provisionAccount: UseCase<
    { email: string; name: string; password?: string; roles: readonly Role[] },
    { accountId: AccountId }
  >;
  /** Administrators only. Either `accountId` or `email` names the account. */
  grantRole: UseCase<{ accountId?: AccountId; email?: string; role: Role }, { accountId: AccountId }>;
  /** Administrators only; the last administrator stays one. */
  revokeRole: UseCase<{ accountId?: AccountId; email?: string; role: Role }, { accountId: AccountId }>;
  /** System only. Sets the password anew, and ends the account's sessions. */
  resetPassword: UseCase<{ email: string; password: string }, { accountId: AccountId }>;

  registerProduct: UseCase<
    {
      sku: string;
      name: string;
      description: string;
      category: string;
      price: Money;
      imageUrl?: string;
      sellerId?: AccountId;
    },
    { productId: ProductId }
  >;
  /**
   * Registers a product of a list made elsewhere, or brings its price, name and category up to date; a name or category that the
   * list does not tell stays as it is. Staff only.
   */
  importProduct: UseCase<
    { sku: string; name?: string; category?: string; price: Money },
    { productId: ProductId; change: 'new' | 'changed' | 'unchanged' }
  >;
  changeProductPrice: UseCase<{ productId: ProductId; price: Money }, Nothing>;
  describeProduct: UseCase<
    { productId: ProductId; name: string; description: string; category: string; imageUrl?: string },
    Nothing
  >;
  discontinueProduct: UseCase<{ productId: ProductId }, Nothing>;
  reinstateProduct: UseCase<{ productId: ProductId }, Nothing>;

  addToCart: UseCase<{ customerId: AccountId; productId: ProductId; quantity: number }, Nothing>;
  changeCartLine: UseCase<{ customerId: AccountId; productId: ProductId; quantity: number }, Nothing>;
  removeFromCart: UseCase<{ customerId: AccountId; productId: ProductId }, Nothing>;

  placeOrder: UseCase<
    {
      customerId: AccountId;
      destination: Place;
      carrierAccount?: string;
      warehouseId?: WarehouseId;
      paymentMethod?: string;
    },
    { orderId: OrderId }
  >;
  /**
   * An order made elsewhere, at the prices of that time. Staff only. Once per source and reference: the same sale again is known,
   * a different one is refused. `refundIds`: what was asked back of it so far.
   */
  importOrder: UseCase<
    {
      source: string;
      reference: string;
      customerId: AccountId;
      lines: readonly ImportedLine[];
      destination: Place;
      paymentMethod: string;
      soldAt?: Instant;
      country?: string;
    },
    { orderId: OrderId; change: 'new' | 'known'; refundIds: readonly RefundId[] }
  >;
  payOrder: UseCase<{ orderId: OrderId; paymentMethod: string }, { paymentId: PaymentId }>;
  cancelOrder: UseCase<{ orderId: OrderId }, Nothing>;
  changeDestination: UseCase<{ orderId: OrderId; destination: Place }, Nothing>;
  confirmReceipt: UseCase<{ orderId: OrderId }, Nothing>;
  refundOrder: UseCase<
    {
      orderId: OrderId;
      amount: Money;
      lines?: readonly { productId: ProductId; quantity: number }[];
      reason: string;
    },
    { change: 'new' | 'known' }
  >;

  recordPacked: UseCase<{ shipmentId: ShipmentId }, Nothing>;
  recordTruckDispatched: UseCase<{ shipmentId: ShipmentId; truckId: TruckId }, Nothing>;
  recordTruckArrived: UseCase<
    { shipmentId: ShipmentId; truckId: TruckId; warehouseId: WarehouseId },
    Nothing
  >;
  recordLoaded: UseCase<{ shipmentId: ShipmentId }, Nothing>;
  recordDeliveryStarted: UseCase<{ shipmentId: ShipmentId }, Nothing>;
  recordDelivered: UseCase<{ shipmentId: ShipmentId }, Nothing>;
  assignTracking: UseCase<{ shipmentId: ShipmentId; trackingNumber: string }, Nothing>;
  recordShipmentFailure: UseCase<{ shipmentId: ShipmentId; step: ShipmentStep; reason: string }, Nothing>;
  retryShipment: UseCase<{ shipmentId: ShipmentId }, Nothing>;
  /** Its carrier is asked how a shipment is that a truck has. Staff only. */
  requestShipmentStatus: UseCase<{ shipmentId: ShipmentId }, Nothing>;

  /** A parked message of a carrier's is applied again, an alarmed one to a carrier sent again. Staff only. */
  retryCarrierMessage: UseCase<{ messageId: CarrierMessageId }, Nothing>;

  registerWarehouse: UseCase<{ name: string; place: Place }, { warehouseId: WarehouseId }>;
  deactivateWarehouse: UseCase<{ warehouseId: WarehouseId }, Nothing>;
  reactivateWarehouse: UseCase<{ warehouseId: WarehouseId }, Nothing>;
  receiveStock: UseCase<
    { warehouseId: WarehouseId; productId: ProductId; quantity: number; replenishmentId?: ReplenishmentId },
    Nothing
  >;
  removeStock: UseCase<
    { warehouseId: WarehouseId; productId: ProductId; quantity: number; reason: string },
    Nothing
  >;
  replenish: UseCase<
    { warehouseId: WarehouseId; productId: ProductId; quantity: number },
    { replenishmentId: ReplenishmentId }
  >;

  writeReview: UseCase<
    { authorId: AccountId; subject: ReviewSubject; rating: number; text: string },
    { reviewId: ReviewId }
  >;
  editReview: UseCase<{ reviewId: ReviewId; authorId: AccountId; rating: number; text: string }, Nothing>;
  withdrawReview: UseCase<{ reviewId: ReviewId; authorId: AccountId }, Nothing>;
};

export type UseCaseName = keyof UseCases;
export type InputOf<Name extends UseCaseName> = UseCases[Name]['input'];
export type SuccessOf<Name extends UseCaseName> = UseCases[Name]['success'];

/** The way to the command services: in process or over gRPC. Every transport passes tests/contract/commands.contract.ts. */
export interface CommandClient {
  /**
   * @throws Fault `INPUT_INVALID` (names the field), `NOT_AUTHENTICATED`, `NOT_PERMITTED`, `COMMANDS_UNAVAILABLE`,
   *   `DEADLINE_EXCEEDED`, `OVERLOADED`.
   */
  send<Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    context: CommandContext,
  ): Promise<Outcome<SuccessOf<Name>>>;
  healthy(): boolean;
  close(): Promise<void>;
}

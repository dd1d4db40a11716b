export type { Brand } from './brand';
export { countries } from './country';
export { accept, fold, plainState, reject, unreachable } from './decider';
export type {
  AnyFact,
  AnyRejection,
  Decider,
  Decision,
  Fact,
  StateCodec,
  Upcaster,
  Upcasters,
  PersonalData,
} from './decider';
export type {
  AccountId,
  AddressId,
  CarrierInboundId,
  CarrierMessageId,
  NotificationId,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  ReplenishmentId,
  ReviewId,
  SerialNumber,
  ShipmentId,
  TruckId,
  WarehouseId,
  WorldCommandId,
  WorldId,
} from './ids';
export { epochMsOf, instantOf, later, parseInstant } from './instant';
export type { Instant, Millis } from './instant';
export { distanceSquared, isPlace } from './place';
export type { Place } from './place';
export { languages } from './language';
export type { Language } from './language';
export { notificationTopics } from './notification-topic';
export type { NotificationTopic } from './notification-topic';
export { roles } from './role';
export type { Role } from './role';
export { statedAt } from './stated-at';
export type { WayOut } from './way-out';
export { isTelephone, telephoneDigits, telephoneDigitsMax, telephoneDigitsMin } from './telephone';
export { hasInvisible, isBlank } from './visible';

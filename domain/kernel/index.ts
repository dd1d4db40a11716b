export { isAsSeen } from './as-seen';
export type { ChangedMeanwhile } from './as-seen';
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
} from './decider';
export type {
  AccountId,
  AddressId,
  AfterSalesId,
  CaptureId,
  CarrierInboundId,
  CategoryId,
  CarrierMessageId,
  InvoiceId,
  NotificationId,
  OrderId,
  PaymentId,
  PictureId,
  PostId,
  PriceScheduleId,
  ProductFamilyId,
  ProductId,
  PromotionId,
  RefundId,
  ReplenishmentId,
  NoteId,
  ReviewId,
  RoleId,
  SerialNumber,
  ShipmentId,
  ShippingMethodId,
  TruckId,
  VoteId,
  WarehouseId,
  WebhookDeliveryId,
  WebhookEndpointId,
  WorldCommandId,
  WorldId,
} from './ids';
export { integrationEventTypes, isIntegrationEventType } from './integration-event-types';
export type { IntegrationEventType, MerchantEventType } from './integration-event-types';
export { epochMsOf, instantOf, later, parseInstant } from './instant';
export type { Instant, Millis } from './instant';
export { erasedPlace, erasedText, isErasedPlace } from './personal-data';
export type { PersonalData, PersonalFields } from './personal-data';
export { PersistentMap } from './persistent-map';
export { picturesLeftOut, picturesProblem } from './picture';
export type { Picture, PictureOwner, PicturesProblem } from './picture';
export { distanceSquared, isPlace, isSamePlace } from './place';
export type { Place } from './place';
export { erasedAddress, isSameAddress, refusalOfAddress, tidiedAddress } from './postal-address';
export type { AddressRejection, PostalAddress } from './postal-address';
export { languages } from './language';
export type { Language } from './language';
export {
  decideModeration,
  evolveModeration,
  openReportsMax,
  reportReasons,
  withoutReports,
} from './moderation';
export type {
  Contribution,
  Hidden,
  Moderation,
  ModerationCommand,
  ModerationFact,
  ModerationRejection,
  Reported,
  ReportReason,
  ReportsDismissed,
  Restored,
} from './moderation';
export { notificationChannels, notificationPaces, notificationTopics } from './notification-preferences';
export type {
  NotificationChannel,
  NotificationPace,
  NotificationPreferences,
  NotificationRoute,
  NotificationTopic,
  QuietHours,
} from './notification-preferences';
export { realms } from './realm';
export type { Realm } from './realm';
export { roles } from './role';
export type { Role } from './role';
export { statedAt } from './stated-at';
export type { WayOut } from './way-out';
export { isTelephone, telephoneDigits, telephoneDigitsMax, telephoneDigitsMin } from './telephone';
export { hasInvisible, isBlank } from './visible';
export { tally } from './tally';

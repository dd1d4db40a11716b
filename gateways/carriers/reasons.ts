import { messageOf } from '../../commands/rejections';
import type { Rejection } from '../../commands/rejections';
import type { SerialNumber } from '../../domain/kernel';
import type { WorldLinkRejection } from '../../domain/world-link';

export const shipmentUnknown = (number: SerialNumber): string =>
  `There is no shipment ${number} of this carrier. Check the number, and the carrier of the shipment's account.`;

export const warehouseUnknown = (number: number): string =>
  `There is no warehouse ${number}. Check the number, or register the warehouse.`;

export const productUnknown = (number: SerialNumber): string =>
  `There is no product ${number}. Check the number, or register the product.`;

/** Describes why a report was rejected and what to do, for the carrier that sent it and for operators. */
export const reasonOf = (rejection: Rejection | WorldLinkRejection): string => {
  switch (rejection.code) {
    case 'SHIPMENT_WRONG_STATUS':
      return `This is not possible for a shipment that is ${rejection.status}. Retry it when the shipment has reached the required status, or ignore it if the shipment is past that.`;
    case 'WORLD_ID_INVALID':
      return `"${rejection.worldId}" is not a world's id. Report the number that the World assigned.`;
    case 'WORLD_MISMATCH':
      return `The link is in world ${rejection.expected}, not in world ${rejection.actual}. Report about world ${rejection.expected}.`;
    default:
      return messageOf(rejection);
  }
};

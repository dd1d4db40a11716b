import { messageOf } from '../../commands/rejections';
import type { Rejection } from '../../commands/rejections';
import type { SerialNumber } from '../../domain/kernel';
import type { WorldLinkRejection } from '../../domain/world-link';

export const shipmentUnknown = (number: SerialNumber): string =>
  `There is no shipment ${number} of this carrier's. Check the number, and which carrier its account names.`;

export const warehouseUnknown = (number: number): string =>
  `There is no warehouse ${number}. Check the number, or register the warehouse.`;

export const productUnknown = (number: SerialNumber): string =>
  `There is no product of number ${number}. Check the number, or register the product.`;

/** Describes why a report was rejected and what to do, for the carrier that sent it and for operators. */
export const reasonOf = (rejection: Rejection | WorldLinkRejection): string => {
  switch (rejection.code) {
    case 'SHIPMENT_WRONG_STATUS':
      return `This is not possible for a shipment that is ${rejection.status}. Try it again when the shipment has come further; where it is past that, leave it.`;
    case 'WORLD_ID_INVALID':
      return `"${rejection.worldId}" is no world. Report the number that the World gave.`;
    case 'WORLD_MISMATCH':
      return `The link is in world ${rejection.expected}, not in world ${rejection.actual}. Report about world ${rejection.expected}.`;
    default:
      return messageOf(rejection);
  }
};

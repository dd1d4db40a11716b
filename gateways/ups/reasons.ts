import type { Rejection } from '../../commands/rejections';
import type { SerialNumber } from '../../domain/kernel';
import type { WorldLinkRejection } from '../../domain/world-link';

export const shipmentUnknown = (number: SerialNumber): string =>
  `There is no shipment ${number} of this carrier's. Check the number, and which carrier its account names.`;

export const warehouseUnknown = (number: number): string =>
  `There is no warehouse ${number}. Check the number, or register the warehouse.`;

export const productUnknown = (number: SerialNumber): string =>
  `There is no product of number ${number}. Check the number, or register the product.`;

/** Why a report was refused and what to do about it, for the carrier that made it and for the people who look after it. */
export const reasonOf = (rejection: Rejection | WorldLinkRejection): string => {
  switch (rejection.code) {
    case 'SHIPMENT_WRONG_STATUS':
      return `This is not possible for a shipment that is ${rejection.status}. Try it again when the shipment has come further; where it is past that, leave it.`;
    case 'WRONG_WAREHOUSE':
      return `The shipment is at warehouse ${rejection.expected}, the truck at ${rejection.actual}. Send a truck to warehouse ${rejection.expected}.`;
    case 'WRONG_TRUCK':
      return `The shipment goes on truck ${rejection.expected}, not on truck ${rejection.actual}. Report about truck ${rejection.expected}.`;
    case 'TRACKING_NUMBER_EMPTY':
      return 'The tracking number is empty. Report one.';
    case 'QUANTITY_OUT_OF_RANGE':
      return `A quantity is a whole number from ${rejection.min} to ${rejection.max}, not ${rejection.quantity}. Report what arrived.`;
    case 'WORLD_ID_INVALID':
      return `"${rejection.worldId}" is no world. Report the number that the World gave.`;
    default:
      return `It was refused with ${rejection.code}. Look at what it is about, put that right, and try it again.`;
  }
};

import { erasedPlace, erasedText, type PersonalData } from '../kernel';
import type { OrderEvent } from './events';

const person = 'customerId';

/** The personal data in the events of an order: of the customer, also in what staff write about the order. */
export const orderPersonalData: PersonalData<OrderEvent> = {
  OrderPlaced: {
    person,
    erased: {
      ...{ destination: erasedPlace, shipTo: undefined, carrierAccount: undefined },
      ...{ noteToSeller: undefined, 'gift.message': undefined },
    },
  },
  OrderPartReleased: { person, erased: { destination: erasedPlace, carrierAccount: undefined } },
  OrderDestinationChanged: { person, erased: { destination: erasedPlace, shipTo: undefined } },
  OrderRedirectMissed: {
    person,
    erased: { missed: erasedPlace, deliveredTo: erasedPlace, destination: erasedPlace, shipTo: undefined },
  },
  OrderNoteAdded: { person, erased: { text: erasedText } },
};

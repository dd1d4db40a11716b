import { isSamePlace, type Place, type PostalAddress } from '../kernel';
import type { OrderDestinationChanged } from './events';

/** The place where the goods of an order go, and the places where they went before it was changed. */
export type Destinations = {
  readonly destination: Place;
  /** The postal address at the destination; absent where only a place on the grid is known. */
  readonly shipTo?: PostalAddress | undefined;
  /** The postal addresses at former destinations, one for each place. */
  readonly formerAddresses: readonly { readonly place: Place; readonly shipTo: PostalAddress }[];
};

/** Returns the postal address at a place that is or was the destination; undefined where none is known. */
export const addressAt = (
  { destination, shipTo, formerAddresses }: Destinations,
  place: Place,
): PostalAddress | undefined =>
  isSamePlace(place, destination)
    ? shipTo
    : formerAddresses.find((former) => isSamePlace(former.place, place))?.shipTo;

export const redirected = (
  { destination: place, shipTo, formerAddresses }: Destinations,
  { data }: OrderDestinationChanged,
): Destinations => {
  const others = formerAddresses.filter((former) => !isSamePlace(former.place, place));
  return {
    destination: data.destination,
    shipTo: data.shipTo,
    formerAddresses: shipTo === undefined ? others : [...others, { place, shipTo }],
  };
};

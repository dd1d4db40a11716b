import type { Place, PostalAddress } from '../../domain/kernel';

/** Finds the place of a postal address on the World's grid. */
export interface Geocoder {
  /**
   * Returns the place; undefined where the address is not found. The same address is always at the same place, for each recipient.
   *
   * @throws Fault where the service does not answer.
   */
  locate(address: PostalAddress): Promise<Place | undefined>;
}

import type { Parking } from './reaction-state';

/**
 * Lets a parked reaction be retried at the next round of its runtime, which may be in another process. If it fails again,
 * it is parked again with the new reason.
 *
 * @returns false if no reaction of this id is parked.
 */
export const retryParked = async (parking: Parking, id: string): Promise<boolean> => {
  const parked = await parking.find(id);
  if (parked === undefined) return false;
  await parking.park({ ...parked, retry: 'by-itself' });
  return true;
};

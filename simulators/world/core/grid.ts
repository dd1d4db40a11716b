/** A crossing of the grid. Coordinates may be negative. */
export type Place = { readonly x: number; readonly y: number };

/**
 * A drive through the city, fixed at its start: a later change of speed does not affect it. Times are on the World's
 * clock.
 */
export type Trip = {
  readonly from: Place;
  readonly to: Place;
  readonly departedAt: number;
  readonly arrivesAt: number;
};

/** Returns the length of a drive: streets run along the grid, so it is the sum of both legs. */
export const distance = (from: Place, to: Place): number => Math.abs(to.x - from.x) + Math.abs(to.y - from.y);

export const isSamePlace = (one: Place, other: Place): boolean => one.x === other.x && one.y === other.y;

/** Returns the last crossing that a truck has passed: it drives along x first, then along y, one step at a time. */
export const positionOn = ({ from, to, departedAt, arrivesAt }: Trip, now: number): Place => {
  if (now >= arrivesAt) return to;
  const done = Math.max(0, (now - departedAt) / (arrivesAt - departedAt));
  const steps = Math.floor(distance(from, to) * done);
  const alongX = Math.min(steps, Math.abs(to.x - from.x));
  return {
    x: from.x + Math.sign(to.x - from.x) * alongX,
    y: from.y + Math.sign(to.y - from.y) * (steps - alongX),
  };
};

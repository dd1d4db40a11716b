/** A crossing of the grid; negative ones exist too. */
export type Place = { readonly x: number; readonly y: number };

/** A way through the city, fixed when it begins: a later change of speed does not touch it. Times are the World's. */
export type Trip = {
  readonly from: Place;
  readonly to: Place;
  readonly departedAt: number;
  readonly arrivesAt: number;
};

/** Streets run along the grid, so a way is as long as its two legs. */
export const distance = (from: Place, to: Place): number => Math.abs(to.x - from.x) + Math.abs(to.y - from.y);

export const isSamePlace = (one: Place, other: Place): boolean => one.x === other.x && one.y === other.y;

/** The crossing that a truck passed last: it drives along x first, then along y, a step at a time. */
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

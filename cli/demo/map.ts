/** A point on the World's grid. */
export type Spot = { readonly x: number; readonly y: number };

export type MapView = {
  readonly warehouses: readonly (Spot & { readonly id: number })[];
  readonly trucks: readonly (Spot & { readonly id: number })[];
  readonly destination: Spot;
  /** Whether the parcel has arrived. */
  readonly delivered: boolean;
};

export type Frame = { readonly width: number; readonly height: number };

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

const boxOf = (spots: readonly Spot[]): Box => ({
  left: Math.min(...spots.map(({ x }) => x)) - 1,
  right: Math.max(...spots.map(({ x }) => x)) + 1,
  top: Math.max(...spots.map(({ y }) => y)) + 1,
  bottom: Math.min(...spots.map(({ y }) => y)) - 1,
});

const share = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / Math.max(1, to - from)));

/** Returns a spot's cell in the frame. y grows upwards in the World and downwards on a screen. */
const cellOf = (spot: Spot, box: Box, { width, height }: Frame): { column: number; row: number } => ({
  column: Math.round(share(spot.x, box.left, box.right) * (width - 1)),
  row: Math.round((1 - share(spot.y, box.bottom, box.top)) * (height - 1)),
});

/**
 * Draws the city: `W` warehouses with their number, `▪` trucks, `⌂` the destination, `✓` the destination after delivery.
 *
 * @returns `frame.height` lines of `frame.width` characters.
 */
export const drawMap = (
  { warehouses, trucks, destination, delivered }: MapView,
  frame: Frame,
): readonly string[] => {
  const box = boxOf([...warehouses, destination]);
  const rows = Array.from({ length: frame.height }, () => Array.from({ length: frame.width }, () => '·'));
  const put = (spot: Spot, mark: string): void => {
    const { column, row } = cellOf(spot, box, frame);
    const start = Math.max(0, Math.min(column, frame.width - mark.length));
    Array.from(mark).forEach((character, index) => {
      const line = rows[row];
      if (line) line[start + index] = character;
    });
  };
  warehouses.forEach((warehouse) => put(warehouse, `W${warehouse.id}`));
  trucks.forEach((truck) => put(truck, '▪'));
  put(destination, delivered ? '✓' : '⌂');
  return rows.map((line) => line.join(''));
};

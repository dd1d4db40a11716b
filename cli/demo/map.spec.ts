import fc from 'fast-check';
import { drawMap } from './map';

const frame = { width: 21, height: 7 };
const city = {
  warehouses: [
    { id: 1, x: -10, y: 5 },
    { id: 2, x: 10, y: -5 },
  ],
  destination: { x: 0, y: 0 },
  delivered: false,
};

describe('the map', () => {
  it('shows warehouses, the truck and the destination, north at the top', () => {
    expect(drawMap({ ...city, trucks: [{ id: 1, x: 5, y: 0 }] }, frame)).toEqual([
      '·····················',
      '·W1··················',
      '·····················',
      '··········⌂····▪·····',
      '·····················',
      '·····················',
      `${'·'.repeat(19)}W2`,
    ]);
  });

  it('marks the destination that has its parcel', () => {
    expect(drawMap({ ...city, trucks: [], delivered: true }, frame)[3]).toContain('✓');
  });

  it('has the same size with any content', () => {
    const spot = fc.record({ id: fc.nat(99), x: fc.integer(), y: fc.integer() });
    fc.assert(
      fc.property(
        fc.array(spot, { minLength: 1, maxLength: 5 }),
        fc.array(spot, { maxLength: 5 }),
        spot,
        (a, b, c) => {
          const lines = drawMap({ warehouses: a, trucks: b, destination: c, delivered: false }, frame);
          expect(lines).toHaveLength(frame.height);
          lines.forEach((line) => expect(Array.from(line)).toHaveLength(frame.width));
        },
      ),
    );
  });
});

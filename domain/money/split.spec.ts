import fc from 'fast-check';
import { runs } from '../../tests/support/runs';
import { split } from './index';

it.each([
  [100, [333, 333, 334], [33, 33, 34]],
  [1, [1, 1, 1], [1, 0, 0]],
  [2, [1, 5, 1], [0, 2, 0]],
  [5, [0, 10], [0, 5]],
  [7, [0, 0], [0, 0]],
  [0, [3, 4], [0, 0]],
  [99_999_999_999, [99_999_999_999, 1], [99_999_999_998, 1]],
])('splits %d by %j as %j', (amount, weights, shares) => expect(split(amount, weights)).toEqual(shares));

it('adds up, keeps every share within its weight, and never gives the heavier less', () => {
  const weights = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, part) => {
      const whole = drawn.reduce((sum, weight) => sum + weight, 0);
      const amount = Math.floor(whole * part);
      const shares = split(amount, drawn);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
      for (const [index, share] of shares.entries()) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(drawn[index]!);
        for (const [other, weight] of drawn.entries())
          if (weight > drawn[index]!) expect(shares[other]).toBeGreaterThanOrEqual(share);
      }
    }),
    { numRuns: runs(1_000) },
  );
});

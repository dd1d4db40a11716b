import fc from 'fast-check';
import type { Rating } from '../domain/review';
import { noRating, withEditedRating, withoutRating, withRating } from './rating';

const ratings = fc.array(fc.constantFrom<Rating>(1, 2, 3, 4, 5), { maxLength: 200, size: 'max' });
const summaryOf = (all: readonly Rating[]) => all.reduce(withRating, noRating);

it('is nothing without reviews', () =>
  expect(noRating).toStrictEqual({ count: 0, average: null, counts: [0, 0, 0, 0, 0] }));

it('is the mean of whole stars, not rounded', () =>
  expect(summaryOf([5, 5, 4])).toStrictEqual({ count: 3, average: 14 / 3, counts: [0, 0, 0, 1, 2] }));

it('moves an edited review from its old stars to its new ones', () =>
  expect(withEditedRating(summaryOf([1, 3]), 1, 5)).toStrictEqual(summaryOf([3, 5])));

it('equals the average of the present reviews after any changes', () =>
  fc.assert(
    fc.property(ratings, ratings, (stay, go) => {
      const after = go.reduce(withoutRating, summaryOf([...stay, ...go]));
      expect(after).toStrictEqual(summaryOf(stay));
      expect(after.count).toBe(stay.length);
    }),
  ));

import fc from 'fast-check';
import type { Rating } from '../domain/review';
import { edited, hidden, ofProduct, restored, withdrawn, written } from '../tests/support/domain/reviews';
import { noRating, ratingAfter, type RatingEvent, type RatingSummary } from './rating';

const ratings = fc.array(fc.constantFrom<Rating>(1, 2, 3, 4, 5), { maxLength: 200, size: 'max' });
const after = (events: readonly RatingEvent[], from: RatingSummary = noRating): RatingSummary =>
  events.reduce(ratingAfter, from);
const writtenOf = (all: readonly Rating[]): RatingEvent[] => all.map((rating) => written(ofProduct, rating));

it('is nothing without reviews', () =>
  expect(noRating).toStrictEqual({ count: 0, average: null, counts: [0, 0, 0, 0, 0] }));

it('is the mean of whole stars, not rounded', () =>
  expect(after(writtenOf([5, 5, 4]))).toStrictEqual({ count: 3, average: 14 / 3, counts: [0, 0, 0, 1, 2] }));

it('moves an edited review from its old stars to its new ones', () =>
  expect(after([...writtenOf([1, 3]), edited(ofProduct, 1, 5)])).toStrictEqual(after(writtenOf([3, 5]))));

it('equals the average of the present reviews after any changes', () =>
  fc.assert(
    fc.property(ratings, ratings, (stay, go) => {
      const left = after([
        ...writtenOf([...stay, ...go]),
        ...go.map((rating) => withdrawn(ofProduct, rating)),
      ]);
      expect(left).toStrictEqual(after(writtenOf(stay)));
      expect(left.count).toBe(stay.length);
    }),
  ));

const meanwhile = { hiddenFor: 'It is advertising.' };
const others = after(writtenOf([2, 5]));

it.each<[string, readonly RatingEvent[], readonly Rating[]]>([
  ['hidden', [hidden(ofProduct, 4)], []],
  ['hidden and restored', [hidden(ofProduct, 4), restored(ofProduct, 4)], [4]],
  [
    'edited while it is hidden, and restored',
    [hidden(ofProduct, 4), edited(ofProduct, 4, 1, meanwhile), restored(ofProduct, 1)],
    [1],
  ],
  ['withdrawn while it is hidden', [hidden(ofProduct, 4), withdrawn(ofProduct, 4, meanwhile)], []],
  [
    'withdrawn and written again while it is hidden',
    [hidden(ofProduct, 4), withdrawn(ofProduct, 4, meanwhile), written(ofProduct, 3, meanwhile)],
    [],
  ],
])('counts a review that was %s as it should', (_, events, counted) =>
  expect(after([written(ofProduct, 4), ...events], others)).toStrictEqual(after(writtenOf(counted), others)),
);

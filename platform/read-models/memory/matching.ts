import type { Document, Scalar } from '../read-models';
import { compareScalars, foldWord, scalarAt, searchedWords } from '../query';
import type { Bound, Equality, Place, Plan } from '../query';

export const equalityHolds =
  (document: Document) =>
  ({ field, value }: Equality): boolean =>
    compareScalars(scalarAt(document, field), value) === 0;

/** Tests a bound. Null is within no bounds. */
export const boundHolds = (value: Scalar, bound: Bound): boolean => {
  if (value === null) return false;
  const order = compareScalars(value, bound.value);
  switch (bound.operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
  }
};

type Order = Pick<Plan, 'sort' | 'descending'>;

const comparePlaces = (left: Place, right: Place, descending: boolean): number => {
  const orders = left.values.map((value, index) => compareScalars(value, right.values[index] ?? null));
  const order = orders.find((one) => one !== 0) ?? compareScalars(left.id, right.id);
  return descending ? -order : order;
};

const placeOf = (document: Document, { sort }: Order): Place => ({
  values: sort.map((field) => scalarAt(document, field)),
  id: document.id,
});

export const sortedBy =
  (order: Order) =>
  (left: Document, right: Document): number =>
    comparePlaces(placeOf(left, order), placeOf(right, order), order.descending);

export const isBeyond = (document: Document, after: Place, order: Order): boolean =>
  comparePlaces(placeOf(document, order), after, order.descending) > 0;

export const matchesWords = (
  document: Document,
  fields: readonly string[],
  words: readonly string[],
): boolean => {
  if (words.length === 0) return false;
  const there = searchedWords(document, fields);
  const wanted = words.map(foldWord);
  return wanted.every((word, index) =>
    there.some((one) => (index === wanted.length - 1 ? one.startsWith(word) : one === word)),
  );
};

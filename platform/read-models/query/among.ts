import type { CollectionSpec, Document, Page, Query, Scalar } from '../read-models';
import type { Place } from './cursor';
import { pageOf } from './page';
import { planOf, type Bound, type Equality, type Plan } from './plan';
import { compareScalars, scalarAt } from './values';

export const equalityHolds =
  (document: Document) =>
  ({ field, value }: Equality): boolean =>
    compareScalars(scalarAt(document, field), value) === 0;

/** Tests a bound. Null is within no bounds. */
const boundHolds = (value: Scalar, bound: Bound): boolean => {
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

export const comparePlaces = (left: Place, right: Place, descending: boolean): number => {
  const orders = left.values.map((value, index) => compareScalars(value, right.values[index] ?? null));
  const order = orders.find((one) => one !== 0) ?? compareScalars(left.id, right.id);
  return descending ? -order : order;
};

export const placeOf = (document: Document, { sort }: Order): Place => ({
  values: sort.map((field) => scalarAt(document, field)),
  id: document.id,
});

/** Returns the documents that a plan lists from its cursor on, in the order of reading. */
export const listedAmong = <D extends Document>(documents: readonly D[], plan: Plan): readonly D[] => {
  const [ranged = ''] = plan.sort;
  const listed = documents
    .filter((document) => plan.equalities.every(equalityHolds(document)))
    .filter((document) => plan.bounds.every((bound) => boundHolds(scalarAt(document, ranged), bound)))
    .map((document) => ({ document, place: placeOf(document, plan) }))
    .sort((left, right) => comparePlaces(left.place, right.place, plan.descending))
    .filter(({ place }) => plan.after === undefined || comparePlaces(place, plan.after, plan.descending) > 0)
    .map(({ document }) => document);
  const { filter } = plan;
  if (filter === undefined) return listed;
  return listed
    .slice(0, filter.lookedAtMax)
    .filter((document) =>
      filter.bounds.every(({ field, ...bound }) => boundHolds(scalarAt(document, field), bound)),
    );
};

/**
 * Returns a page of documents that were already read, as an engine lists those of a collection.
 *
 * @throws Fault `QUERY_INVALID`
 */
export const listAmong = <D extends Document>(
  spec: CollectionSpec,
  documents: readonly D[],
  query: Query,
): Page<D> => {
  const plan = planOf(spec, query);
  return pageOf(
    plan,
    listedAmong(documents, plan),
    (document) => document,
    (document) => plan.cursorOf(document),
  );
};

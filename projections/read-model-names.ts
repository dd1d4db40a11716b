import type { AnyProjection } from '../platform/projections';
import { allProjections, readModels } from './read-models';

/** Short names that people type, besides the names of the read models. */
const shortNames: Readonly<Record<string, AnyProjection>> = {
  order: readModels.orderDetails,
  product: readModels.catalogue,
  stock: readModels.stockLevels,
};

const singularOf = (name: string): string => name.replace(/s$/, '');

/** Returns the read model of a name: its own, such as `stock_levels`, its singular, or a short name, such as `order`. */
export const readModelNamed = (name: string): AnyProjection | undefined =>
  shortNames[name] ??
  allProjections.find(({ collection }) => [collection.name, singularOf(collection.name)].includes(name));

/** Returns the names of all read models, for people. */
export const readModelNames = (): readonly string[] =>
  allProjections.map(({ collection }) => collection.name);

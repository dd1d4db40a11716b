import type { Clock } from '../clock';
import type { CollectionSpec, ReadModels } from '../read-models';
import { collectionOf, isMadeBy, readBuilds } from './builds';
import { collectionSource, compare, type Comparison } from './compare';
import { wrongState } from './operations';

export type CopyComparison = Comparison & {
  readonly readModel: string;
  /** The version of the serving copy (`actual`). */
  readonly serving: number;
  /** The version of the other copy (`expected`). */
  readonly other: number;
};

/**
 * Compares the serving copy of a read model with the other one that this code has made.
 *
 * @throws OperationRejected if there is no other copy.
 */
export const diffCopies = async (
  { readModels, clock }: { readonly readModels: ReadModels; readonly clock: Clock },
  { collection }: { readonly collection: CollectionSpec },
  withinMs?: number,
): Promise<CopyComparison> => {
  const { name: readModel, version: declared } = collection;
  const serving = (await readModels.promoted(readModel)) ?? declared;
  const { builds } = await readBuilds(readModels, readModel);
  const other = builds.findLast((build) => isMadeBy(build, declared) && build.version !== serving)?.version;
  if (other === undefined) throw wrongState(readModel, 'it has no other copy to compare with');
  const source = (version: number) => collectionSource(readModels, collectionOf(collection, { version }));
  return { readModel, serving, other, ...(await compare(source(serving), source(other), clock, withinMs)) };
};

import { epochMsOf, instantOf, type Instant } from '../../../domain/kernel';
import { momentOf } from '../../../platform/event-store';
import { Fault } from '../../../platform/faults';
import {
  createPastReadModels,
  createSideWork,
  explain,
  HistoryScan,
  type AnyProjection,
  type Explanation,
} from '../../../platform/projections';
import type { EdgeDeps } from '../deps';
import { readersOf } from './read-model-readers';
import type { Listing, Readers } from './readers';

/** The clocks of the processes of one platform differ: what a timeline shows may be this much ahead. */
const AHEAD_MS_MAX = 60_000;

/** Moments of the past, as `asOf` names them. */
export type Past = {
  /** @throws Fault `MOMENT_IN_FUTURE`, `MOMENT_BEFORE_HISTORY`. */
  demand(asOf: Instant): Promise<void>;
  /**
   * Returns readers of one read model as it was at the moment.
   *
   * @throws as `demand` does, and Fault `PAST_BEING_BUILT`, `HISTORY_TOO_LONG`.
   */
  readers(projection: AnyProjection, asOf: Instant): Promise<Readers>;
  /**
   * Explains a document, as of the end of the history when the work began.
   *
   * @throws Fault `PAST_BEING_BUILT`, `HISTORY_TOO_LONG`.
   */
  explain(projection: AnyProjection, id: string): Promise<Explanation | undefined>;
};

/** An explanation is of its moment, so it is given once; it is kept for a caller who did not wait for it. */
const explanationLimits = { waitMs: 5_000, keptMax: 4 };
const EXPLAINED_WITHIN_MS = 300_000;

export const createPast = ({ events, clock }: Pick<EdgeDeps, 'events' | 'clock'>): Past => {
  const pastReadModels = createPastReadModels({ events, clock });
  const explanations = createSideWork<Explanation | undefined>('an explanation', clock, explanationLimits);
  let begin: Instant | undefined;

  const beginOfHistory = async (): Promise<Instant | undefined> => {
    if (begin === undefined)
      for await (const event of events.readAll({ limit: 1 })) begin = instantOf(epochMsOf(momentOf(event)));
    return begin;
  };

  const demand = async (asOf: Instant): Promise<void> => {
    const now = clock.now();
    if (epochMsOf(asOf) > epochMsOf(now) + AHEAD_MS_MAX)
      throw new Fault('MOMENT_IN_FUTURE', `asOf: ${asOf} is later than now, which is ${now}.`);
    const first = await beginOfHistory();
    if (first !== undefined && epochMsOf(asOf) < epochMsOf(first) - AHEAD_MS_MAX)
      throw new Fault('MOMENT_BEFORE_HISTORY', `asOf: the history begins at ${first}, after ${asOf}.`);
  };

  return {
    demand,
    readers: async (projection, asOf) => {
      await demand(asOf);
      return readersOf(await pastReadModels.at(projection, asOf), clock);
    },
    explain: async (projection, id) => {
      const key = `The explanation of ${projection.collection.name} ${id}`;
      const explanation = await explanations.result(key, () => {
        const scan = new HistoryScan({ events, clock, scanMs: EXPLAINED_WITHIN_MS });
        return { progress: () => scan.progress(), run: () => explain(projection, id, scan) };
      });
      explanations.drop(key);
      return explanation;
    },
  };
};

/** Returns the same list with each document marked as of the moment, so that what it refers to is shown as of then, too. */
export const listedAsOf = <D extends object>(
  listing: Listing<D>,
  asOf: Instant,
): Listing<D & { readonly asOf: Instant }> => ({
  page: async (request) => {
    const { items, ...page } = await listing.page(request);
    return {
      ...page,
      items: items.map(({ document, cursor }) => ({ document: { ...document, asOf }, cursor })),
    };
  },
  countUpTo: (max) => listing.countUpTo(max),
});

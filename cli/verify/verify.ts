import type { Clock } from '../../platform/clock';
import type { EventStore } from '../../platform/event-store';
import { openingHistory, type PersonalEvents } from '../../platform/personal-data';
import type { ReadModels } from '../../platform/read-models';
import type { AnyProjection } from '../../platform/projections';
import type { Breach } from './breach';
import { historyAudit, type HistoryOptions, type HistoryReport } from './history';
import { verifyReadModels, type ReadModelReport } from './read-models';

export type VerifyReport = HistoryReport & { readonly readModels: readonly ReadModelReport[] };

export type VerifyDeps = {
  readonly store: EventStore;
  /** The same store; returns events as they were stored. */
  readonly rawStore: EventStore;
  /** Opens their personal data: the ids of events were derived from what was sealed. */
  readonly personal: PersonalEvents;
  readonly readModels: ReadModels;
  readonly clock: Clock;
  readonly projections: readonly AnyProjection[];
  /** Checks the files of the engine, where it has any. @returns a sentence for each problem. */
  readonly verifyFiles?: (() => Promise<readonly string[]>) | undefined;
  readonly onProgress?: (what: 'events' | 'read models', done: number) => void;
};

const PROGRESS_EVERY = 5_000;

/** Checks what is stored against the invariants. Writes nothing. */
export const verify = async (deps: VerifyDeps, options: HistoryOptions): Promise<VerifyReport> => {
  const { rawStore, onProgress = () => undefined } = deps;
  const audit = historyAudit(options);
  let seen = 0;
  for await (const event of openingHistory(rawStore, deps.personal).readAll()) {
    audit.see(event, deps.personal.isErased(event));
    seen += 1;
    if (seen % PROGRESS_EVERY === 0) onProgress('events', seen);
  }
  const history = audit.report();
  const files = ((await deps.verifyFiles?.()) ?? []).map((detail): Breach => ({
    invariant: 'V5',
    subject: 'event store',
    detail,
  }));
  const built = await verifyReadModels(deps, deps.projections, (done) => onProgress('read models', done));
  return {
    ...history,
    readModels: built.readModels,
    breaches: [...history.breaches, ...files, ...built.breaches],
  };
};

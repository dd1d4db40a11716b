import {
  memoryEventStore,
  type EventStore,
  type NewEvent,
  type StreamName,
} from '../../../platform/event-store';
import { realClock, realRandom } from '../../../platform/clock';
import { startProjectionDaemon } from '../../../platform/projections';
import type { ReadModels } from '../../../platform/read-models';
import { allProjections } from '../../../projections/read-models';
import { newEvent } from '../event-store/new-events';
import { shopHistory, type StreamFact } from './shop-history';

const APPENDS_AT_ONCE = 64;

/** Appends facts to a store, in order. */
export const appendFacts = async (store: EventStore, facts: readonly StreamFact[]): Promise<void> => {
  const revisions = new Map<string, bigint>();
  let appends: Promise<unknown>[] = [];
  for (const { stream, type, data } of facts) {
    const revision = revisions.get(stream);
    const event: NewEvent = newEvent(data, type);
    // The store writes in the order of the calls; many share a commit.
    appends.push(store.append(stream as StreamName, revision ?? 'no-stream', [event]));
    revisions.set(stream, (revision ?? -1n) + 1n);
    if (appends.length < APPENDS_AT_ONCE) continue;
    await Promise.all(appends);
    appends = [];
  }
  await Promise.all(appends);
};

/** Builds every read model of a store's events in an engine. */
export const projectAll = async (store: EventStore, readModels: ReadModels): Promise<void> => {
  const daemon = await startProjectionDaemon({
    store,
    readModels,
    projections: allProjections,
    clock: realClock,
    random: realRandom,
  });
  const head = await store.head();
  if (head !== undefined) await daemon.waitForAll(head, 60_000);
  for (const { status } of await daemon.status())
    if (status !== 'live') throw new Error(`A read model is ${status}`);
  await daemon.stop();
};

/** Fills an engine with the read models of `shopHistory`. */
export const fillShop = async (readModels: ReadModels, facts = shopHistory()): Promise<void> => {
  const store = memoryEventStore(realClock);
  await appendFacts(store, facts);
  await projectAll(store, readModels);
};

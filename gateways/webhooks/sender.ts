import { setMaxListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { instantOf, epochMsOf, type Millis, type WebhookEndpointId } from '../../domain/kernel';
import { atMost } from '../../platform/clock';
import { backoffDelay, supervise } from '../../platform/faults';
import { atMostEntries } from '../../platform/lru';
import { KEPT_MS } from './limits';
import { createOwnerGates } from './owner-gates';
import { Lane, type EndpointRef, type LaneDeps } from './lane';

/** Sends the stored deliveries, each endpoint apart from the others. */
export type Sender = {
  /** Begins with what waits from before. */
  readonly start: () => void;
  /** Lets an endpoint's deliveries be sent. @param atOnce - also during a pause after failures. */
  readonly wake: (of: EndpointRef, options?: { readonly atOnce?: boolean }) => void;
  readonly stop: () => Promise<void>;
};

export type SenderDeps = Omit<LaneDeps, 'gate' | 'signal' | 'settled'>;

type Open = { readonly lane: Lane; isWanted: boolean; readonly done: Promise<void> };

const RESTART = { baseMs: 1_000, factor: 2, maxMs: 60_000 };
const DRAIN_MS = 5_000;
/** The endpoints whose ended deliveries are counted; one that is left out is counted again with its next delivery. */
const SETTLED_ENDPOINTS_MAX = 10_000;

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

export const createSender = (deps: SenderDeps): Sender => {
  const { clock, random, logger, deliveries, limits } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every endpoint with deliveries adds a listener.
  setMaxListeners(0, signal);
  const gates = createOwnerGates(limits);
  const open = new Map<WebhookEndpointId, Open>();
  const running: Promise<void>[] = [];
  const settled = new LRUCache<WebhookEndpointId, number>(atMostEntries(SETTLED_ENDPOINTS_MAX));

  /** Runs a lane until nothing waits for it. A lane that fails, because a store is away, is run again. */
  const runLane = async (lane: Lane, of: EndpointRef): Promise<void> => {
    const { endpointId } = of;
    for (let failures = 0; !signal.aborted;) {
      const state = open.get(endpointId);
      if (state) state.isWanted = false;
      try {
        await lane.run();
        failures = 0;
        // What was stored after its last look is sent by another run.
        if (open.get(endpointId)?.isWanted !== true) break;
      } catch (error) {
        if (isAborted(signal)) break;
        logger.error({ error, endpointId }, 'The deliveries of a webhook endpoint are interrupted');
        await clock.sleep(backoffDelay(failures, RESTART, random), signal).catch(() => undefined);
        failures += 1;
      }
    }
    open.delete(endpointId);
    gates.close(of.ownerId);
  };

  const wake: Sender['wake'] = (of, { atOnce = false } = {}) => {
    if (signal.aborted) return;
    const found = open.get(of.endpointId);
    if (found) {
      found.isWanted = true;
      found.lane.wake(atOnce);
      return;
    }
    const lane = new Lane(of, { ...deps, gate: gates.open(of.ownerId), signal, settled });
    // The lane begins after this turn, so it finds itself among the open ones.
    const done = Promise.resolve().then(() => runLane(lane, of));
    open.set(of.endpointId, { lane, isWanted: true, done });
  };

  const tidy = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(limits.tidyEveryMs as Millis, signal);
      await deliveries.removeOld(instantOf(epochMsOf(clock.now()) - KEPT_MS));
      for (const endpointId of [...settled.keys()]) {
        await deliveries.trim(endpointId, limits.settledMax);
        settled.delete(endpointId);
      }
      for (const { lane } of open.values()) await lane.checkBacklog();
    }
  };

  /** Resumes what waited when the process stopped, once. */
  const resume = async (): Promise<void> => {
    for (const of of await deliveries.endpoints()) wake(of);
    await tidy();
  };

  return {
    wake,
    start: () => {
      const onFailure = (error: unknown): void =>
        logger.error({ error }, 'The upkeep of webhook deliveries failed and is restarted');
      running.push(supervise(resume, { clock, random, signal, onFailure }));
    },
    stop: async () => {
      stopping.abort(new Error('The webhooks stop'));
      const lanes = [...open.values()].map(({ done }) => done);
      await atMost(clock, DRAIN_MS, Promise.all([...running, ...lanes]));
    },
  };
};

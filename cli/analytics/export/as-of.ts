import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../../domain/kernel';
import type { Config } from '../../../platform/config';
import type {
  EventStore,
  Position,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../../../platform/event-store';
import { startProjectionDaemon, type AnyProjection } from '../../../platform/projections';
import { openEmbeddedReadModels } from '../../../platform/read-models';
import { openEmbeddedFlatPages } from '../../../platform/read-models/embedded';
import type { FlatPages } from '../../../platform/read-models/flat';
import { flatModels } from '../../../projections/flat-models';
import { openHistory } from '../../composition/engines';
import type { Runtime } from '../../program/runtime';

type History = Awaited<ReturnType<typeof openHistory>>;

const BATCH = 512;
/** The longest time that the read model may take to be built. */
const BUILT_WITHIN_MS = 24 * 3_600_000;

const refused = (): never => {
  throw new Error('A history up to a moment is only read');
};

/** The events that were stored by a moment, as a store that never changes. */
class StoreAsOf implements EventStore {
  readonly append = refused;
  readonly tombstone = refused;
  private last: Promise<Position | undefined> | undefined;

  constructor(
    private readonly history: History,
    private readonly asOf: Instant,
  ) {}

  read(): AsyncIterable<RecordedEvent> {
    return refused();
  }

  async *readAll({
    after,
    limit = Infinity,
  }: { after?: Position | undefined; limit?: number | undefined } = {}) {
    let left = limit;
    for await (const event of this.history.readAll(after === undefined ? {} : { after })) {
      if (event.recordedAt > this.asOf) continue;
      if (left-- <= 0) return;
      yield event;
    }
  }

  async *subscribe({
    after,
    batchSize = BATCH,
    signal,
  }: SubscribeOptions): AsyncGenerator<SubscriptionBatch> {
    let events: RecordedEvent[] = [];
    for await (const event of this.readAll({ after })) {
      if (signal.aborted) return;
      events.push(event);
      if (events.length < batchSize) continue;
      yield { events, caughtUp: false };
      events = [];
    }
    yield { events, caughtUp: true };
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  head(): Promise<Position | undefined> {
    this.last ??= this.findLast();
    return this.last;
  }

  close(): Promise<void> {
    return this.history.close();
  }

  private async findLast(): Promise<Position | undefined> {
    let last: Position | undefined;
    for await (const { position } of this.readAll()) last = position;
    return last;
  }
}

type Building = {
  readonly projection: AnyProjection;
  readonly asOf: Instant;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

/**
 * Builds a read model from the events that were stored by a moment, in a directory of its own that `close` removes, and opens the
 * rows of its flat models. Memory stays bounded; the disk needs as much room as the read model.
 */
export const openFlatPagesAsOf = async (
  config: Pick<Config, 'eventStore' | 'dataDir' | 'timeZone' | 'readModels' | 'personKeys'>,
  runtime: Runtime,
  { projection, asOf, onProgress, signal }: Building,
): Promise<FlatPages> => {
  const store = new StoreAsOf(await openHistory(config, runtime), asOf);
  const directory = await mkdtemp(join(tmpdir(), 'waybill-as-of-'));
  const flat = { models: flatModels, timeZone: config.timeZone };
  try {
    const readModels = await openEmbeddedReadModels({ directory, flat, ...runtime });
    const daemon = await startProjectionDaemon({ store, readModels, projections: [projection], ...runtime });
    try {
      const head = await store.head();
      const ticks = setTicks(runtime, async () => {
        const [status] = await daemon.status();
        if (status?.rebuild) onProgress(status.rebuild.done, status.rebuild.total);
      });
      const cancelled = new Promise<boolean>((resolve) =>
        signal.addEventListener('abort', () => resolve(false), { once: true }),
      );
      if (head !== undefined) await Promise.race([daemon.waitForAll(head, BUILT_WITHIN_MS), cancelled]);
      ticks.abort();
      signal.throwIfAborted();
    } finally {
      await daemon.stop();
      await readModels.close();
    }
    const pages = openEmbeddedFlatPages(directory);
    return {
      page: (model, options) => pages.page(model, options),
      close: async () => {
        await pages.close();
        await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  } finally {
    await store.close();
  }
};

const TICK_MS = 500;

/** Runs a function at an interval until it is aborted. */
const setTicks = ({ clock }: Pick<Runtime, 'clock'>, action: () => Promise<void>): AbortController => {
  const end = new AbortController();
  const tick = (): void => {
    if (end.signal.aborted) return;
    void action().catch(() => undefined);
    clock.after(TICK_MS as never, tick);
  };
  tick();
  return end;
};

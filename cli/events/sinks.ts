import type { Config } from '../../platform/config';
import { openDataDirectory } from '../../platform/data-directory';
import {
  openBulkWriter,
  openEmbeddedHistory,
  type EventStore,
  type RecordedEvent,
} from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { openStore } from '../composition/engines';
import type { Runtime } from '../program/runtime';
import type { HistorySink } from './import-history';

/** The events of one transaction of the embedded store. */
const BULK_MAX = 2_000;
/** The events that one append to a server may have, all of one stream. */
const APPEND_MAX = 100;

const useEmbedded = async <Result>(
  directory: string,
  runtime: Runtime,
  use: (sink: HistorySink) => Promise<Result>,
): Promise<Result> => {
  const data = await openDataDirectory(directory, runtime);
  try {
    const writer = openBulkWriter(data.path);
    try {
      const history = openEmbeddedHistory(data.path);
      const append = (events: readonly RecordedEvent[]): Promise<void> => {
        writer.append(events);
        return Promise.resolve();
      };
      return await use({ history, append, appendMax: BULK_MAX }).finally(() => history.close());
    } finally {
      writer.close();
    }
  } finally {
    await data.release();
  }
};

/** Groups events that follow each other in one stream. */
const runsOf = (events: readonly RecordedEvent[]): readonly RecordedEvent[][] => {
  const runs: RecordedEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.stream === event.stream) run.push(event);
    else runs.push([event]);
  }
  return runs;
};

/** Appends one after the other: a server orders appends as it receives them, and the order must stay. */
const appendTo =
  (store: EventStore) =>
  async (events: readonly RecordedEvent[]): Promise<void> => {
    for (const run of runsOf(events)) {
      const [{ stream, revision } = { stream: undefined, revision: 0n }] = run;
      if (stream === undefined) continue;
      const result = await store.append(
        stream,
        revision === 0n ? 'no-stream' : revision - 1n,
        run.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
      );
      if (result.kind === 'conflict')
        throw new Fault('REVISION_CONFLICT', `${stream} was written by another program meanwhile.`);
      if (result.kind === 'unknown')
        throw new Fault('OUTCOME_UNKNOWN', `${result.reason}. Run the same command again: it goes on there.`);
    }
  };

/** Opens the event store that the settings name for an import. @throws Fault `DATA_DIRECTORY_IN_USE`. */
export const useSink = async <Result>(
  { eventStore, dataDir }: Pick<Config, 'eventStore' | 'dataDir'>,
  runtime: Runtime,
  use: (sink: HistorySink) => Promise<Result>,
): Promise<Result> => {
  if (eventStore === 'embedded') return useEmbedded(dataDir, runtime, use);
  const { rawStore } = await openStore(eventStore, dataDir, runtime);
  try {
    return await use({ history: rawStore, append: appendTo(rawStore), appendMax: APPEND_MAX });
  } finally {
    await rawStore.close();
  }
};

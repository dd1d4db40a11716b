import { eventLog } from '../../../projections/flat-models';
import type { Config } from '../../../platform/config';
import type { RecordedEvent } from '../../../platform/event-store';
import { openEmbeddedFlatPages } from '../../../platform/read-models/embedded';
import {
  localTimes,
  zoneOffsets,
  type Cell,
  type FlatModel,
  type FlatPages,
} from '../../../platform/read-models/flat';
import { openHistory } from '../../composition/engines';
import type { Runtime } from '../../program/runtime';
import type { TypedColumn } from '../formats/parquet';

/** A part of an export. `next`: where the following part begins; undefined at the end. */
export type ExportPart = { readonly rows: readonly (readonly Cell[])[]; readonly next: string | undefined };

/** The rows of an export, in an order that stays the same. */
export type ExportSource = {
  readonly columns: readonly TypedColumn[];
  readonly parts: (after: string | undefined) => AsyncGenerator<ExportPart>;
  readonly close: () => Promise<void>;
};

const PART = 500;
const CALL_WITHIN_MS = 30_000;

/** Opens the rows of the flat models, beside a running platform or without one. */
export const openFlatPages = async (
  { readModels: url, dataDir }: Pick<Config, 'readModels' | 'dataDir'>,
  { clock }: Pick<Runtime, 'clock'>,
): Promise<FlatPages> => {
  if (url === 'embedded') return openEmbeddedFlatPages(dataDir);
  const { openFlatReader } = await import('../../../platform/read-models/mongodb/index.js');
  return openFlatReader({ url, clock, timeoutMs: CALL_WITHIN_MS });
};

const DAY_LENGTH = '2026-01-31'.length;

/** Returns the moment as the model's column of time has it: a date has no time. */
const sinceOf = ({ time, columns }: FlatModel, since: string | undefined): string | undefined =>
  columns.find(({ name }) => name === time)?.type === 'date' ? since?.slice(0, DAY_LENGTH) : since;

/** Returns the rows of a flat model. @param since - the earliest value of its column of time. */
export const flatSource = (model: FlatModel, pages: FlatPages, since: string | undefined): ExportSource => ({
  columns: model.columns,
  parts: async function* (from) {
    let after = from;
    do {
      const { rows, next } = await pages.page(model, { after, limit: PART, since: sinceOf(model, since) });
      yield { rows, next };
      after = next;
    } while (after !== undefined);
  },
  close: () => pages.close(),
});

type LogOptions = {
  readonly since: string | undefined;
  /** The latest time at which an event was stored. */
  readonly asOf: string | undefined;
};

/** Returns the rows of the event log, from the event store itself. */
export const eventLogSource = async (
  config: Pick<Config, 'eventStore' | 'dataDir' | 'timeZone' | 'readModels' | 'personKeys'>,
  runtime: Runtime,
  { since = '', asOf }: LogOptions,
): Promise<ExportSource> => {
  const history = await openHistory(config, runtime);
  const localTime = localTimes(zoneOffsets(config.timeZone));
  const rowOf = (event: RecordedEvent): readonly Cell[] =>
    eventLog.columns.map(({ of }) => of(event, localTime));
  return {
    columns: eventLog.columns,
    parts: async function* (after) {
      let rows: (readonly Cell[])[] = [];
      for await (const event of history.readAll(
        after === undefined ? {} : { after: after as RecordedEvent['position'] },
      )) {
        const { recordedAt } = event;
        if (recordedAt < since || (asOf !== undefined && recordedAt > asOf)) continue;
        rows.push(rowOf(event));
        if (rows.length < PART) continue;
        yield { rows, next: event.position };
        rows = [];
      }
      yield { rows, next: undefined };
    },
    close: () => history.close(),
  };
};

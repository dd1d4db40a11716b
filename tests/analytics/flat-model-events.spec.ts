import { upcast, type RecordedEvent } from '../../platform/event-store';
import { localTimes, rowsOf, zoneOffsets, type Cell, type FlatModel } from '../../platform/read-models/flat';
import { foldDocument, type Projection } from '../../platform/projections';
import type { Document } from '../../platform/read-models';
import { eventUpcasters } from '../../cli/composition/aggregates';
import { shopHistory } from '../support/analytics/shop-history';
import { goldenStreams } from '../support/domain/golden-streams';
import { recorded } from '../support/projections/it-projects';
import { allProjections } from '../../projections/read-models';
import { flatModels } from '../../projections/flat-models';

type Fact = { readonly type: string; readonly data: object; readonly metadata?: object };

const asRecorded = (facts: readonly Fact[]): readonly RecordedEvent[] =>
  facts.map((fact, index) => {
    const event = { ...recorded(fact), ...(fact.metadata && { metadata: fact.metadata }) } as RecordedEvent;
    return { ...upcast(eventUpcasters, event), position: String(index).padStart(20, '0') } as RecordedEvent;
  });

const histories = [...goldenStreams().map(asRecorded), asRecorded(shopHistory())];

const localTime = localTimes(zoneOffsets('Europe/London'));
const projectionOf = ({ source }: FlatModel): Projection =>
  allProjections.find(({ collection }) => collection.name === source) as unknown as Projection;

/** Whether an event has set a column. A new row begins with nothing, and with none of everything. */
const isChange = (before: Cell | undefined, after: Cell | undefined): boolean =>
  before === undefined ? after !== 0 && after !== null : before !== after;

/** Whether a column has the same value in all rows of a document: a new row shows what was set before. */
const isOfDocument = ({ path, isOfItem }: FlatModel['columns'][number]['value']): boolean =>
  path !== undefined && isOfItem !== true;

/** Returns the types of the events that set each column. */
const observed = (model: FlatModel): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  const projection = projectionOf(model);
  for (const events of histories) {
    const documents = new Map<string, Document>();
    for (const event of events) {
      const handler = projection.handlers[event.type as never] as
        { ids(event: RecordedEvent): readonly string[] } | undefined;
      for (const id of handler?.ids(event) ?? []) {
        const before = documents.get(id);
        const from = before && { document: before, lastPosition: '' as RecordedEvent['position'] };
        const after = foldDocument(projection, id, [event], from);
        const rows = before === undefined ? [] : rowsOf(model, before, localTime);
        if (after === undefined) documents.delete(id);
        else documents.set(id, after);
        for (const [line, row] of (after === undefined ? [] : rowsOf(model, after, localTime)).entries())
          for (const [at, { name, value }] of model.columns.entries())
            if (isChange((rows[line] ?? (isOfDocument(value) ? rows[0] : undefined))?.[at], row[at]))
              found.set(name, (found.get(name) ?? new Set()).add(event.type));
      }
    }
  }
  return found;
};

describe.each(flatModels.map((model) => ({ name: model.name, model })))('$name', ({ model }) => {
  const changes = observed(model);
  const handled = Object.keys(projectionOf(model).handlers);

  it.each(model.columns.map(({ name, events }) => ({ name, events })))(
    '$name names the events that set it',
    ({ name, events }) => {
      expect(events.filter((type) => !handled.includes(type))).toEqual([]);
      expect([...(changes.get(name) ?? [])].filter((type) => !events.includes(type))).toEqual([]);
    },
  );

  it('was seen to change in most columns', () =>
    expect(changes.size).toBeGreaterThan(model.columns.length / 2));
});

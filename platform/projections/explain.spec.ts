import { counters } from '../../tests/support/projections/counting';
import { createWorkplace } from '../../tests/support/projections/projecting';
import type { RecordedEvent } from '../event-store';
import { changesBetween, isWithin } from './changes';
import { chainTo, explain } from './explain';
import { HistoryScan } from './history-scan';

const add = (to: string, by = 1) => ({ type: 'CounterAdded', data: { to, by } }) as const;

describe('an explanation', () => {
  const explained = async (id: string, change = (event: RecordedEvent): RecordedEvent => event) => {
    const { record, store, clock } = createWorkplace();
    await record(add('a'), add('b'), { type: 'CounterMoved', data: { from: 'a', to: 'b' } });
    await record({ type: 'CounterLookedAt', data: { id: 'a' } }, add('a', 4));
    await record({ type: 'CounterRemoved', data: { id: 'b' } });
    const events: Pick<typeof store, 'readAll' | 'head'> = {
      head: () => store.head(),
      readAll: async function* (options) {
        for await (const event of store.readAll(options)) yield change(event);
      },
    };
    return explain(counters(), id, new HistoryScan({ events, clock }));
  };

  it('names, for each field, the event that last set it', async () => {
    const explanation = await explained('a');
    const setBy = Object.fromEntries(
      explanation!.fields.map(({ path, value, setBy: { position } }) => [path, [value, Number(position)]]),
    );
    expect(setBy).toMatchObject({ id: ['a', 1], total: [4, 5] });
    expect(setBy['seen[0]']?.[1]).toBe(1);
    expect(setBy['seen[2]']?.[1]).toBe(5);
  });

  it('shows what shaped the document, with the change that each event made, and no event that changed nothing', async () => {
    const { shaped } = (await explained('a'))!;
    expect(shaped.map(({ type, changes }) => [type, changes.find(({ path }) => path === 'total')])).toEqual([
      ['CounterAdded', { path: 'total', before: undefined, after: 1 }],
      ['CounterMoved', { path: 'total', before: 1, after: 0 }],
      ['CounterAdded', { path: 'total', before: 0, after: 4 }],
    ]);
  });

  it('shows that an event has removed the document, and knows no document that never was', async () => {
    const removed = await explained('b');
    expect(removed).toMatchObject({ document: undefined, fields: [] });
    expect(removed!.shaped.at(-1)?.type).toBe('CounterRemoved');
    expect(await explained('c')).toBeUndefined();
  });

  it('shows the commands of the first request up to the event, the first one first', async () => {
    const ofOneRequest = (event: RecordedEvent): RecordedEvent => {
      const number = Number(event.position);
      const $correlationId = number === 2 ? 'another' : 'request';
      const metadata = { ...event.metadata, $correlationId, $causationId: `command-${number}` };
      return { ...event, metadata: { ...metadata, traceparent: '00-trace-span-01' } };
    };
    const explanation = (await explained('a', ofOneRequest))!;
    const moved = explanation.shaped[1]!;
    expect(moved).toMatchObject({ commandId: 'command-3', correlationId: 'request', traceId: 'trace' });
    expect(chainTo(explanation, moved).map(({ commandId, types }) => [commandId, types])).toEqual([
      ['command-1', ['CounterAdded']],
      ['command-3', ['CounterMoved']],
    ]);
  });
});

describe('the changes between two documents', () => {
  it('are of single fields, in lists and objects too', () => {
    const before = { status: 'a', lines: [{ n: 1 }, { n: 2 }], gone: null, none: [] };
    const after = { status: 'b', lines: [{ n: 1 }, { n: 3 }], none: [], added: { x: 1 } };
    expect(changesBetween(before, after)).toEqual([
      { path: 'status', before: 'a', after: 'b' },
      { path: 'lines[1].n', before: 2, after: 3 },
      { path: 'added.x', before: undefined, after: 1 },
      { path: 'gone', before: null, after: undefined },
    ]);
  });

  it('are within a field by its name, not by its letters', () => {
    expect(['lines', 'lines[1].n', 'lines.x'].map((path) => isWithin(path, 'lines'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isWithin('linesman', 'lines')).toBe(false);
  });
});

import { groupsIn, storedGroups } from './stored-config';
import type { GroupConfig } from './settings';

const group: GroupConfig = {
  source: '$all',
  group: 'g',
  startFrom: 'end',
  startAfter: 41,
  filter: { on: 'type', regex: '', prefixes: ['a,b', 'c'] },
  settings: {
    resolveLinks: true,
    extraStatistics: false,
    messageTimeoutMs: 30_000,
    maxRetryCount: 5,
    checkpointAfterMs: 2_000,
    minCheckpointCount: 10,
    maxCheckpointCount: 100,
    maxSubscriberCount: 0,
    liveBufferSize: 500,
    readBatchSize: 20,
    historyBufferSize: 500,
    strategy: 'Pinned',
  },
};
const never = (): number => {
  throw new Error('The start is kept');
};
const readBack = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

describe('the groups that are kept', () => {
  it.each([
    ['with a filter and from the end', group],
    ['of a stream, from a revision', { ...group, source: 'order-1', startFrom: 7, startAfter: 6 }],
    ['with an expression', { ...group, filter: { on: 'stream', regex: '^a', prefixes: [] } } as const],
    ['from the start', { ...group, source: 'order-1', startFrom: 'start', startAfter: -1 } as const],
  ])('are read back as they were (%s)', (_, config) => {
    expect(groupsIn(readBack(storedGroups([config], '2026-01-01T00:00:00.000Z')), never)).toEqual([config]);
  });

  it('are read as the original writes them, without what is zero or false', () => {
    const document = {
      version: '2',
      updated: '2026-01-01T00:00:00.0000000Z',
      updatedBy: 'admin',
      entries: [
        { stream: 'order-1', group: 'g', startPosition: '-1', historyBufferSize: 500, readBatchSize: 20 },
      ],
    };
    const [config] = groupsIn(document, () => 3) ?? [];
    expect(config).toMatchObject({
      source: 'order-1',
      startFrom: 'end',
      startAfter: 3,
      settings: { resolveLinks: false, maxRetryCount: 0, historyBufferSize: 500, strategy: 'RoundRobin' },
    });
  });

  it('are read as former versions wrote them', () => {
    expect(groupsIn(readBack({ groups: [group] }), never)).toEqual([group]);
  });

  it.each([undefined, null, 7, {}, { entries: [] }, { version: '2', entries: [{ stream: 'a' }] }])(
    'are not in %j',
    (document) => expect(groupsIn(document, never)).toBeUndefined(),
  );
});

import type { Instant, SerialNumber, WarehouseId, WorldCommandId, WorldId } from '../domain/kernel';
import type { WorldCommandEvent } from '../domain/world-command';
import { itProjects, recorded } from '../tests/support/projections/it-projects';
import { worldCommands, type WorldCommandDocument } from './world-commands';

const worldCommandId = 'c0ffee00-0000-5000-8000-000000000001' as WorldCommandId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T09:00:01.000Z' as Instant;
const worldId = '7' as WorldId;
const request = { kind: 'buy', warehouseId: 1 as WarehouseId, goods: [], attempt: 1 } as const;

const queued: WorldCommandEvent = {
  type: 'WorldCommandQueued',
  data: { worldCommandId, link: 'main', seqnum: 5 as SerialNumber, request, notBefore: later, queuedAt: at },
};
const acked: WorldCommandEvent = {
  type: 'WorldCommandAcked',
  data: { worldCommandId, worldId, ackedAt: later },
};
const answered: WorldCommandEvent = {
  type: 'WorldCommandAnswered',
  data: { worldCommandId, worldId, answerSeqnum: '99', status: 'packed', answeredAt: later },
};
const refused: WorldCommandEvent = {
  type: 'WorldCommandRefused',
  data: { worldCommandId, worldId, answerSeqnum: '99', reason: 'no such warehouse', refusedAt: later },
};

const open: WorldCommandDocument = {
  ...{ id: worldCommandId, link: 'main', seqnum: 5, request, status: 'queued', open: true },
  ...{ notBefore: later, worldId: null, answerSeqnum: null, reason: null, queuedAt: at, settledAt: null },
  ...{ correlationId: 'c', traceparent: null },
};
const known: WorldCommandDocument = { ...open, status: 'acked', worldId };
const settled: WorldCommandDocument = {
  ...{ ...open, status: 'answered', open: false, worldId },
  ...{ answerSeqnum: '99', reason: 'packed', settledAt: later },
};

const rows = [
  { on: queued, because: 'is to be asked', touches: [{ id: worldCommandId, after: open }] },
  { on: acked, because: 'the World has it', touches: [{ id: worldCommandId, before: open, after: known }] },
  { on: answered, because: 'is done', touches: [{ id: worldCommandId, before: known, after: settled }] },
  {
    on: refused,
    because: 'is refused',
    touches: [
      {
        id: worldCommandId,
        before: open,
        after: { ...settled, status: 'refused' as const, reason: 'no such warehouse' },
      },
    ],
  },
  { on: acked, because: 'was never asked', touches: [{ id: worldCommandId }] },
];

describe('what was asked of the World', () => {
  itProjects(worldCommands, rows);

  it('keeps the trace of what caused it', () => {
    const event = recorded(queued);
    const traced = { ...event, metadata: { ...event.metadata, traceparent: '00-a-b-01' } };
    const { evolve } = worldCommands.handlers.WorldCommandQueued;
    expect(evolve(undefined, traced as never, worldCommandId)).toEqual({ ...open, traceparent: '00-a-b-01' });
  });
});

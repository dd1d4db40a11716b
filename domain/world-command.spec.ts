import fc from 'fast-check';
import { given } from '../tests/support/domain/given';
import {
  accept,
  fold,
  type Instant,
  type SerialNumber,
  type WarehouseId,
  type WorldCommandId,
  type WorldId,
} from './kernel';
import {
  worldCommand,
  type WorldCommandAcked,
  type WorldCommandAnswered,
  type WorldCommandCommand,
  type WorldCommandQueued,
  type WorldCommandRefused,
  type WorldRequest,
} from './world-command';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const worldCommandId = 'c0ffee00-0000-5000-8000-000000000001' as WorldCommandId;
const worldId = '7' as WorldId;
const request: WorldRequest = { kind: 'buy', warehouseId: 1 as WarehouseId, goods: [], attempt: 1 };

const queued: WorldCommandQueued = {
  type: 'WorldCommandQueued',
  data: { worldCommandId, link: 'main', seqnum: 12 as SerialNumber, request, queuedAt: at },
};
const acked: WorldCommandAcked = {
  type: 'WorldCommandAcked',
  data: { worldCommandId, worldId, ackedAt: at },
};
const answered: WorldCommandAnswered = {
  type: 'WorldCommandAnswered',
  data: { worldCommandId, worldId, answerSeqnum: '99', answeredAt: at },
};
const refused: WorldCommandRefused = {
  type: 'WorldCommandRefused',
  data: { worldCommandId, worldId, answerSeqnum: '99', reason: 'no such warehouse', refusedAt: at },
};

const queue = (seqnum: number, notBefore?: Instant): WorldCommandCommand => ({
  type: 'QueueWorldCommand',
  worldCommandId,
  link: 'main',
  seqnum: seqnum as SerialNumber,
  request,
  notBefore,
  at,
});
const ack = (by = worldId): WorldCommandCommand => ({
  type: 'RecordWorldAck',
  worldCommandId,
  worldId: by,
  at,
});
const answer = (answerSeqnum: string, status?: string): WorldCommandCommand => ({
  type: 'RecordWorldAnswer',
  worldCommandId,
  worldId,
  answerSeqnum,
  status,
  at,
});
const refuse = (answerSeqnum: string): WorldCommandCommand => ({
  type: 'RecordWorldRefusal',
  worldCommandId,
  worldId,
  answerSeqnum,
  reason: 'no such warehouse',
  at,
});

describe('a command to the World', () => {
  it('is queued under its first number, with any number in a repeat', () => {
    given(worldCommand, []).when(queue(12)).then([queued]);
    given(worldCommand, [queued]).when(queue(13)).then([]);
  });

  it('can be held back', () =>
    given(worldCommand, [])
      .when(queue(12, at))
      .then([{ ...queued, data: { ...queued.data, notBefore: at } }]));

  it('is acknowledged once by each world that it was sent to', () => {
    given(worldCommand, [queued]).when(ack()).then([acked]);
    given(worldCommand, [queued, acked])
      .when(ack('8' as WorldId))
      .then([{ ...acked, data: { ...acked.data, worldId: '8' as WorldId } }]);
  });

  it('is answered, acknowledged or not, and keeps what a query found', () => {
    given(worldCommand, [queued]).when(answer('99')).then([answered]);
    given(worldCommand, [queued, acked])
      .when(answer('99', 'packed'))
      .then([{ ...answered, data: { ...answered.data, status: 'packed' } }]);
  });

  it('is refused with the reason', () =>
    given(worldCommand, [queued, acked]).when(refuse('99')).then([refused]));

  it('needs no ack after its outcome', () => given(worldCommand, [queued, answered]).when(ack()).then([]));

  it.each([
    ['answer', answer('100')],
    ['refusal', refuse('100')],
  ])('has one outcome: a second %s is refused', (_, command) =>
    given(worldCommand, [queued, answered])
      .when(command)
      .thenRejected({ code: 'WORLD_COMMAND_ALREADY_SETTLED', worldCommandId, answerSeqnum: '99' }),
  );

  it.each([
    ['ack', ack()],
    ['answer', answer('99')],
    ['refusal', refuse('99')],
  ])('has no %s before it exists', (_, command) =>
    given(worldCommand, []).when(command).thenRejected({ code: 'WORLD_COMMAND_NOT_FOUND', worldCommandId }),
  );

  it('records any command once, however often it is sent', () => {
    const seqnum = fc.constantFrom('98', '99');
    const command: fc.Arbitrary<WorldCommandCommand> = fc.oneof(
      fc.integer({ min: 1, max: 3 }).map((n) => queue(n)),
      fc.constantFrom('7', '8').map((world) => ack(world as WorldId)),
      seqnum.map((n) => answer(n)),
      seqnum.map(refuse),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        let state = worldCommand.initial;
        let outcomes = 0;
        for (const next of commands) {
          const decision = worldCommand.decide(next, state);
          if (!decision.ok) continue;
          outcomes += decision.events.filter(({ type }) => /Answered|Refused/.test(type)).length;
          state = fold(worldCommand.evolve, state, decision.events);
          expect(worldCommand.decide(next, state)).toStrictEqual(accept());
        }
        expect(outcomes).toBeLessThanOrEqual(1);
      }),
    );
  });
});

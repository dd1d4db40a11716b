import fc from 'fast-check';
import { given } from '../tests/support/domain/given';
import { accept, fold, type Instant, type WarehouseId, type WorldId } from './kernel';
import {
  worldLink,
  type WorldConnected,
  type WorldConnectionLost,
  type WorldLinkCommand,
} from './world-link';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const link = 'main';
const world = '7' as WorldId;
const first = 1 as WarehouseId;
const second = 2 as WarehouseId;

const connected: WorldConnected = {
  type: 'WorldConnected',
  data: { link, worldId: world, warehouses: [first], connectedAt: at },
};
const lost: WorldConnectionLost = {
  type: 'WorldConnectionLost',
  data: { link, worldId: world, reason: 'ECONNRESET', lostAt: at },
};
const connect = (warehouses: readonly WarehouseId[], worldId = world): WorldLinkCommand => ({
  type: 'RecordWorldConnected',
  link,
  worldId,
  warehouses,
  at,
});

describe('a link to a World', () => {
  it('remembers the world that its first connection made', () =>
    given(worldLink, [])
      .when(connect([first]))
      .then([connected]));

  it('names only the warehouses that the world did not know', () =>
    given(worldLink, [connected, lost])
      .when(connect([first, second]))
      .then([{ ...connected, data: { ...connected.data, warehouses: [second] } }]));

  it('refuses another world than its own', () =>
    given(worldLink, [connected, lost])
      .when(connect([], '8' as WorldId))
      .thenRejected({ code: 'WORLD_MISMATCH', expected: world, actual: '8' as WorldId }));

  it('is lost once a connection', () => {
    given(worldLink, [connected])
      .when({ type: 'RecordWorldConnectionLost', link, reason: 'ECONNRESET', at })
      .then([lost]);
    given(worldLink, [])
      .when({ type: 'RecordWorldConnectionLost', link, reason: 'ECONNREFUSED', at })
      .then([]);
  });

  it('may be pointed at another world, which knows none of our warehouses', () => {
    const chosen = { type: 'WorldChosen', data: { link, worldId: '8' as WorldId, chosenAt: at } } as const;
    given(worldLink, [connected])
      .when({ type: 'ChooseWorld', link, worldId: '8' as WorldId, at })
      .then([chosen]);
    given(worldLink, [connected, chosen])
      .when(connect([first], '8' as WorldId))
      .then([{ ...connected, data: { ...connected.data, worldId: '8' as WorldId } }]);
  });

  it.each(['', '-1', '1.5', 'x', '9223372036854775808'])('refuses the world number "%s"', (worldId) =>
    given(worldLink, [])
      .when({ type: 'ChooseWorld', link, worldId: worldId as WorldId, at })
      .thenRejected({ code: 'WORLD_ID_INVALID', worldId }),
  );

  it('records any command once, however often it is sent', () => {
    const worlds = fc.constantFrom('7', '8').map((id) => id as WorldId);
    const warehouses = fc.subarray([first, second]);
    const command: fc.Arbitrary<WorldLinkCommand> = fc.oneof(
      fc.tuple(warehouses, worlds).map(([some, worldId]) => connect(some, worldId)),
      fc.constant<WorldLinkCommand>({ type: 'RecordWorldConnectionLost', link, reason: 'gone', at }),
      worlds.map((worldId): WorldLinkCommand => ({ type: 'ChooseWorld', link, worldId, at })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        let state = worldLink.initial;
        for (const next of commands) {
          const decision = worldLink.decide(next, state);
          if (!decision.ok) continue;
          state = fold(worldLink.evolve, state, decision.events);
          expect(worldLink.decide(next, state)).toStrictEqual(accept());
        }
      }),
    );
  });
});

import { ids, startEdge, type Answered } from '../../../tests/support/graphql/edge';
import { apple, carry, worldSetup } from '../../../tests/support/world/world-setup';

const dial = '{ flakiness duplicate reorder delayMsMax disconnect }';
const turning = (input: string): string => `mutation { turnWorldFaults(input: ${input}) {
  ... on TurnWorldFaultsSuccess { simulatedWorld { faults ${dial} } consistencyToken }
  ... on UserError { code message }
} }`;

describe('the World simulator of this process', () => {
  const setup = worldSetup();
  let edge: ReturnType<typeof startEdge>;
  let staff: string;
  beforeEach(async () => {
    edge = startEdge({ simulatedWorld: await setup.start() });
    staff = await edge.tokenOf(ids.sam, 'staff');
  });
  afterEach(() => edge.app.close());
  const ask = (query: string): Promise<Answered> => edge.ask(query, { as: staff });

  it('has its line made worse while it runs; what is left out stays as it is', async () => {
    await ask(turning('{ flakiness: 30, delayMsMax: 5 }'));
    const { data } = await ask(turning('{ duplicate: 20, reorder: 10, disconnect: 1, flakiness: 0 }'));
    const faults = { flakiness: 0, duplicate: 20, reorder: 10, delayMsMax: 5, disconnect: 1 };
    expect(data).toEqual({ turnWorldFaults: { simulatedWorld: { faults }, consistencyToken: null } });
    expect(setup.started().stats().faults).toEqual(faults);
    expect((await ask(`{ simulatedWorld { faults ${dial} } }`)).data).toEqual({ simulatedWorld: { faults } });
  });

  it.each(['{ flakiness: 100 }', '{ disconnect: -1 }', '{ delayMsMax: 60001 }'])(
    'refuses %s and stays as it is',
    async (input) => {
      const { errors } = await ask(turning(input));
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['INPUT_INVALID']);
      expect(setup.started().stats().faults).toMatchObject({ flakiness: 0, disconnect: 0, delayMsMax: 0 });
    },
  );

  it('reports the messages of its connections, and their outcomes', async () => {
    await ask(turning('{ duplicate: 99 }'));
    const { shop, carrier } = await setup.parties();
    shop.send('buy', { whnum: 1, things: [apple] });
    await shop.first('arrived');
    await carry(shop, carrier, 100n);
    const counters = 'connections received effects duplicatesDropped refused sent lostIncoming';
    const { data } = await ask(`{ simulatedWorld { counters { ${counters} } } }`);
    const { simulatedWorld } = data as { simulatedWorld: { counters: Record<string, number> } };
    expect(simulatedWorld.counters).toMatchObject({
      ...{ connections: 2, effects: 5, refused: 0, lostIncoming: 0 },
    });
    expect(simulatedWorld.counters['duplicatesDropped']).toBeGreaterThan(0);
    expect(simulatedWorld.counters['sent']).toBeGreaterThan(4);
  });

  it('is only for staff', async () => {
    const ada = await edge.tokenOf(ids.ada, 'customer');
    for (const query of [turning('{ flakiness: 99 }'), '{ simulatedWorld { counters { sent } } }']) {
      const { errors } = await edge.ask(query, { as: ada });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_PERMITTED']);
    }
    expect(setup.started().stats().faults.flakiness).toBe(0);
  });
});

it('where the World runs elsewhere there is nothing to turn, and that is said', async () => {
  const edge = startEdge();
  const as = await edge.tokenOf(ids.sam, 'staff');
  expect((await edge.ask('{ simulatedWorld { counters { sent } } }', { as })).data).toEqual({
    simulatedWorld: null,
  });
  const { data } = await edge.ask(turning('{ flakiness: 1 }'), { as });
  expect(data).toMatchObject({ turnWorldFaults: { code: 'WORLD_NOT_SIMULATED' } });
  await edge.app.close();
});

import { createAggregates } from '../../platform/execution/execute';
import type { CommandClient } from '../../commands/port';
import type {
  Instant,
  ProductId,
  ReplenishmentId,
  SerialNumber,
  WarehouseId,
  WorldCommandId,
} from '../../domain/kernel';
import { worldCommand, type BuyRequest } from '../../domain/world-command';
import { memoryEventStore, positionOf } from '../../platform/event-store';
import { memoryReadModels } from '../../platform/read-models/memory';
import { silentLogger } from '../../platform/telemetry';
import { worldCommands, type WorldCommandDocument } from '../../projections/world-commands';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { ReportHandler } from './report-handler';

const warehouseId = 1 as WarehouseId;
const productNumber = 5 as SerialNumber;
const at = '2026-01-31T08:00:00.000Z' as Instant;
const contextOf = (commandId: string) => ({
  commandId,
  correlationId: 'c',
  principal: { kind: 'gateway', id: 'carrier:ups', roles: [] } as const,
});

/** So many open buys of three mugs, in a read model that nobody brings up to date but the test. */
const open = async (buys: number) => {
  const clock = createVirtualClock();
  const deps = { clock, random: seededRandom(3), logger: silentLogger };
  const aggregates = createAggregates({ store: memoryEventStore(clock), ...deps });
  const readModels = memoryReadModels();
  await readModels.ensure(worldCommands.collection);
  let writes = 0;
  const goods = [{ productId: 'mug' as ProductId, productNumber, name: 'mug', quantity: 3 }];

  const write = (number: number, more: Partial<WorldCommandDocument> = {}): Promise<void> => {
    const document: WorldCommandDocument = {
      ...{
        id: `buy-${number}` as WorldCommandId,
        link: 'main',
        seqnum: number,
        open: true,
        status: 'queued',
      },
      request: requestOf(number),
      ...{ notBefore: null, worldId: null, answerSeqnum: null, reason: null, queuedAt: at, settledAt: null },
      ...{ correlationId: 'c', traceparent: null },
      ...more,
    };
    const position = positionOf(++writes);
    const upserts = [{ document, position }];
    return readModels.write({ collection: worldCommands.collection, upserts, deletes: [], position });
  };
  const requestOf = (number: number): BuyRequest => ({
    ...{ kind: 'buy', warehouseId, goods, attempt: 1 },
    replenishmentId: `replenishment-${number}` as ReplenishmentId,
  });
  for (let number = 1; number <= buys; number += 1) {
    const id = `buy-${number}` as WorldCommandId;
    const queue = { type: 'QueueWorldCommand', worldCommandId: id, link: 'main', at } as const;
    const queued = { ...queue, seqnum: number as SerialNumber, request: requestOf(number) };
    await clock.drive(aggregates.execute(worldCommand, id, queued, contextOf(`queue ${number}`)));
    await write(number);
  }

  /** What was booked, by command id: the same command again is the same booking. */
  const booked = new Map<string, string>();
  const commands: CommandClient = {
    send: async (_, input, { commandId }) => {
      booked.set(commandId, (input as { replenishmentId?: string }).replenishmentId ?? 'for nobody');
      return { kind: 'accepted', value: {} as never };
    },
    healthy: () => true,
    close: () => Promise.resolve(),
  };
  const applier = new ReportHandler({
    ...{ ...deps, aggregates, commands, readModels, carriers: [], signal: new AbortController().signal },
    ...{ shipments: undefined as never, productByNumber: async () => 'mug' as ProductId, worldLink: 'main' },
  });
  return {
    write,
    /** One message: so many lines of three mugs. */
    arrive: (message: string, lines = 1) => {
      const said = Array.from({ length: lines }, () => ({ productNumber, quantity: 3 }));
      const report = { kind: 'goods-arrived', warehouseId, goods: said } as const;
      return clock.drive(applier.apply({ carrier: 'ups', report }, contextOf(message)));
    },
    booked: () => [...booked.values()],
    settledBy: async (number: number) => {
      const state = await clock.drive(aggregates.load(worldCommand, `buy-${number}`));
      return state.status === 'settled' ? state.answerSeqnum : undefined;
    },
  };
};

describe('goods that a World over HTTP reports', () => {
  it('are booked line by line, also when the same product comes twice', async () => {
    const { arrive, booked } = await open(1);
    await arrive('message', 2);
    expect(booked()).toEqual(['replenishment-1', 'for nobody']);
  });

  it('answer a buy each, however far the read model lags', async () => {
    const { arrive, booked } = await open(3);
    await arrive('first');
    await arrive('second');
    expect(booked()).toEqual(['replenishment-1', 'replenishment-2']);
  });

  it.each(['lags', 'has caught up'])(
    'answer the same buy when they are applied again and the read model %s',
    async (how) => {
      const { arrive, booked, settledBy, write } = await open(2);
      await arrive('message');
      const answerSeqnum = await settledBy(1);
      expect(answerSeqnum).toBeDefined();
      if (how === 'has caught up')
        await write(1, { open: false, status: 'answered', worldId: 'http', answerSeqnum: answerSeqnum! });
      await arrive('message');
      expect(booked()).toEqual(['replenishment-1']);
      expect(await settledBy(2)).toBeUndefined();
    },
  );
});

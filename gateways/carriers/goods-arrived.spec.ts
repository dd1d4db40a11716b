import { createAggregates } from '../../platform/execution';
import type { CommandClient } from '../../commands';
import { createNumbers } from '../../commands/numbering';
import type {
  AccountId,
  Instant,
  OrderId,
  ProductId,
  ReplenishmentId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
  WorldCommandId,
} from '../../domain/kernel';
import { shipment, type ShipmentCommand } from '../../domain/shipment';
import {
  worldCommand,
  type BuyRequest,
  type PackRequest,
  type WorldRequest,
} from '../../domain/world-command';
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

const goodsOf = (...numbers: number[]): BuyRequest['goods'] =>
  numbers.map((number) => ({
    ...{ productId: `product-${number}` as ProductId, productNumber: number as SerialNumber },
    ...{ name: 'mug', quantity: 3 },
  }));

const shipmentId = 'shipment-1' as ShipmentId;
/** A buy for the World's shelves, so that a shipment can be packed. */
const restock = (...numbers: number[]): BuyRequest => ({
  ...{ kind: 'buy', warehouseId, goods: goodsOf(...numbers), attempt: 1 },
  restockFor: { shipmentId, shipmentNumber: 9 as SerialNumber, packAttempt: 2 },
});

/** A buy for our stock. */
const replenishment = (number: number): BuyRequest => ({
  ...{ kind: 'buy', warehouseId, goods: goodsOf(productNumber), attempt: 1 },
  replenishmentId: `replenishment-${number}` as ReplenishmentId,
});
const replenishments = (count: number): BuyRequest[] =>
  Array.from({ length: count }, (_, index) => replenishment(index + 1));

/** Open buys in a read model that only the test brings up to date. */
const open = async (buys: readonly BuyRequest[]) => {
  const clock = createVirtualClock();
  const deps = { clock, random: seededRandom(3), logger: silentLogger };
  const store = memoryEventStore(clock);
  const aggregates = createAggregates({ store, ...deps });
  const numbers = createNumbers({ aggregates, ...deps });
  const readModels = memoryReadModels();
  await readModels.ensure(worldCommands.collection);
  let writes = 0;

  const write = (number: number, more: Partial<WorldCommandDocument> = {}): Promise<void> => {
    const document: WorldCommandDocument = {
      ...{
        id: `buy-${number}` as WorldCommandId,
        link: 'main',
        seqnum: number,
        open: true,
        status: 'queued',
      },
      request: buys[number - 1]!,
      ...{ notBefore: null, worldId: null, answerSeqnum: null, reason: null, queuedAt: at, settledAt: null },
      ...{ correlationId: 'c', traceparent: null },
      ...more,
    };
    const position = positionOf(++writes);
    const upserts = [{ document, position }];
    return readModels.write({ collection: worldCommands.collection, upserts, deletes: [], position });
  };
  for (let number = 1; number <= buys.length; number += 1) {
    const id = `buy-${number}` as WorldCommandId;
    const queue = { type: 'QueueWorldCommand', worldCommandId: id, link: 'main', at } as const;
    const queued = { ...queue, seqnum: number as SerialNumber, request: buys[number - 1]! };
    await clock.drive(aggregates.of(worldCommand).execute(id, queued, contextOf(`queue ${number}`)));
    await write(number);
  }

  /** The stock receipts by command id: the same command again is the same receipt. */
  const receipts = new Map<string, string>();
  const commands: CommandClient = {
    send: async (_, input, { commandId }) => {
      receipts.set(commandId, (input as { replenishmentId?: string }).replenishmentId ?? 'no replenishment');
      return { kind: 'accepted', value: {} as never };
    },
    healthy: () => true,
    close: () => Promise.resolve(),
  };
  const applier = new ReportHandler({
    ...{
      ...deps,
      aggregates,
      numbers,
      commands,
      readModels,
      carriers: [],
      signal: new AbortController().signal,
    },
    ...{ shipments: undefined as never, productByNumber: async () => 'mug' as ProductId, worldLink: 'main' },
  });
  return {
    write,
    /** One message with a line for each of these products, three pieces each. */
    arrive: (message: string, ...products: number[]) => {
      const said = products.map((number) => ({ productNumber: number as SerialNumber, quantity: 3 }));
      const report = { kind: 'goods-arrived', warehouseId, goods: said } as const;
      return clock.drive(applier.apply({ carrier: 'ups', report }, contextOf(message)));
    },
    receipts: () => [...receipts.values()],
    /** The pack commands that are queued for the World. */
    packs: async () => {
      const packs: PackRequest[] = [];
      for await (const { type, data } of store.readAll()) {
        const { request } = data as { request?: WorldRequest };
        if (type === 'WorldCommandQueued' && request?.kind === 'pack') packs.push(request);
      }
      return packs;
    },
    cancelShipment: async () => {
      const create: ShipmentCommand = {
        ...{ type: 'CreateShipment' as const, shipmentId, number: 9 as SerialNumber, warehouseId, at },
        ...{ orderId: 'o' as OrderId, orderNumber: 1 as SerialNumber, customerId: 'c' as AccountId },
        ...{
          destination: { x: 1, y: 1 },
          items: goodsOf(productNumber).map((item) => ({ ...item, sku: 'MUG' })),
        },
      };
      const cancel = { type: 'CancelShipment', shipmentId, at } as const;
      for (const command of [create, cancel]) {
        const context = contextOf(command.type);
        const { kind } = await clock.drive(aggregates.of(shipment).execute(shipmentId, command, context));
        expect(kind).toBe('accepted');
      }
    },
    settledBy: async (number: number) => {
      const state = await clock.drive(aggregates.of(worldCommand).load(`buy-${number}`));
      return state.status === 'settled' ? state.answerSeqnum : undefined;
    },
  };
};

describe('goods that a World over HTTP reports', () => {
  it('are received line by line, also if the same product occurs twice', async () => {
    const { arrive, receipts } = await open(replenishments(1));
    await arrive('message', productNumber, productNumber);
    expect(receipts()).toEqual(['replenishment-1', 'no replenishment']);
  });

  it('settle one buy each, even if the read model lags', async () => {
    const { arrive, receipts } = await open(replenishments(3));
    await arrive('first', productNumber);
    await arrive('second', productNumber);
    expect(receipts()).toEqual(['replenishment-1', 'replenishment-2']);
  });

  it.each(['lags', 'has caught up'])(
    'settle the same buy if they are applied again and the read model %s',
    async (how) => {
      const { arrive, receipts, settledBy, write } = await open(replenishments(2));
      await arrive('message', productNumber);
      const answerSeqnum = await settledBy(1);
      expect(answerSeqnum).toBeDefined();
      if (how === 'has caught up')
        await write(1, { open: false, status: 'answered', worldId: 'http', answerSeqnum: answerSeqnum! });
      await arrive('message', productNumber);
      expect(receipts()).toEqual(['replenishment-1']);
      expect(await settledBy(2)).toBeUndefined();
    },
  );

  describe('and that a shipment needs', () => {
    const pack = (...numbers: number[]): PackRequest => ({
      ...{ kind: 'pack', warehouseId, shipmentId, shipmentNumber: 9 as SerialNumber },
      ...{ goods: goodsOf(...numbers), attempt: 2 },
    });

    it('have it packed once without a stock receipt, because our stock has them already', async () => {
      const { arrive, receipts, packs } = await open([restock(productNumber), replenishment(1)]);
      await arrive('message', productNumber);
      await arrive('message', productNumber);
      expect(await packs()).toEqual([pack(productNumber)]);
      expect(receipts()).toEqual([]);
    });

    it('have it packed if one report contains all of them', async () => {
      const { arrive, receipts, packs } = await open([replenishment(1), restock(5, 6)]);
      await arrive('message', 6, 5);
      expect(await packs()).toEqual([pack(5, 6)]);
      expect(receipts()).toEqual([]);
      await arrive('next message', 5, 6);
      expect(await packs()).toHaveLength(1);
      expect(receipts()).toEqual(['replenishment-1', 'no replenishment']);
    });

    it('are not received if the shipment was cancelled meanwhile', async () => {
      const { arrive, receipts, packs, cancelShipment } = await open([restock(productNumber)]);
      await cancelShipment();
      await arrive('message', productNumber);
      expect(await packs()).toEqual([]);
      expect(receipts()).toEqual([]);
    });
  });
});

import { stock } from '../domain/stock';
import type { StockEvent } from '../domain/stock';
import { itProjects, projected, recorded } from '../tests/support/projections/it-projects';
import {
  asked,
  backordered,
  offers,
  productId,
  received,
  released,
  removed,
  replenishmentId,
  reserved,
  shipped,
  thresholdSet,
  warehouseId,
} from '../tests/support/domain/stocks';
import { alongEveryWalk } from '../tests/support/domain/walk';
import { stockLevels, stockLevelStreams } from './stock-levels';
import type { StockLevel } from './stock-levels';

const id = '7-mug';
const nothing: StockLevel = {
  id,
  warehouseId,
  productId,
  onHand: 0,
  reserved: 0,
  shipped: 0,
  removed: 0,
  received: 0,
  backordered: 0,
  onOrder: 0,
  replenishments: [],
  lowStockThreshold: null,
  isLow: false,
};
const ten: StockLevel = { ...nothing, received: 10, onHand: 10 };
const onItsWay: StockLevel = {
  ...ten,
  onOrder: 500,
  replenishments: [{ id: replenishmentId, quantity: 500 }],
};
const four: StockLevel = { ...ten, onHand: 6, reserved: 4 };
const watched: StockLevel = { ...ten, lowStockThreshold: 7 };

const row = (on: StockEvent, because: string, before: StockLevel, changes: Partial<StockLevel>) => ({
  on,
  because,
  touches: [{ id, before, after: { ...before, ...changes } }],
});

itProjects(stockLevels, [
  { on: received(10), because: 'begins', touches: [{ id, after: ten }] },
  row(received(500, replenishmentId), 'was on its way', onItsWay, {
    received: 510,
    onHand: 510,
    onOrder: 0,
    replenishments: [],
  }),
  row(received(400, replenishmentId), 'is less than was requested, and no more arrives', onItsWay, {
    received: 410,
    onHand: 410,
    onOrder: 0,
    replenishments: [],
  }),
  row(received(5), 'comes besides what is on its way', onItsWay, { received: 15, onHand: 15 }),
  row(removed(2), 'is broken', ten, { onHand: 8, removed: 2 }),
  row(reserved(4), 'is set aside', ten, { onHand: 6, reserved: 4 }),
  row(
    reserved(4, true),
    'was waited for',
    { ...ten, backordered: 9 },
    { onHand: 6, reserved: 4, backordered: 5 },
  ),
  row(backordered(20), 'is waited for', ten, { backordered: 20 }),
  row(released(4), 'goes back on hand', four, { onHand: 10, reserved: 0 }),
  row(released(0, 20), 'is waited for no more', { ...ten, backordered: 21 }, { backordered: 1 }),
  row(shipped(4), 'left', four, { reserved: 0, shipped: 4 }),
  row(asked(500), 'is requested', ten, {
    onOrder: 500,
    replenishments: [{ id: replenishmentId, quantity: 500 }],
  }),
  {
    on: thresholdSet(1),
    because: 'comes before the goods',
    touches: [{ id, after: { ...nothing, lowStockThreshold: 1, isLow: true } }],
  },
  row(thresholdSet(10), 'is as much as there is', ten, { lowStockThreshold: 10 }),
  row(thresholdSet(11), 'is more than there is', ten, { lowStockThreshold: 11, isLow: true }),
  row(
    thresholdSet(0),
    'switches the warning off',
    { ...watched, onHand: 0, isLow: true },
    {
      lowStockThreshold: 0,
      isLow: false,
    },
  ),
  row(reserved(3), 'leaves as much as the threshold', watched, { onHand: 7, reserved: 3 }),
  row(reserved(4), 'leaves less than the threshold', watched, { onHand: 6, reserved: 4, isLow: true }),
  row(
    released(4),
    'makes it enough again',
    { ...watched, onHand: 6, reserved: 4, isLow: true },
    {
      onHand: 10,
      reserved: 0,
      isLow: false,
    },
  ),
]);

it('equals the stock after any events, and its figures add up', () => {
  let told: readonly StockEvent[] = [];
  alongEveryWalk(stock, offers, ({ before, decision, after }) => {
    if (before === stock.initial) told = [];
    if (decision.ok) told = [...told, ...decision.events];
    const level = projected(stockLevels, told).get(id) ?? nothing;
    expect(level).toMatchObject({
      onHand: after.onHand,
      backordered: after.queued,
      onOrder: [...after.onItsWay.values()].reduce((sum, quantity) => sum + quantity, 0),
    });
    expect(level.received).toBe(level.onHand + level.reserved + level.shipped + level.removed);
  });
});

it('continues a document of version 1, which has no threshold', () => {
  const absent = undefined as never;
  const first: StockLevel = { ...ten, lowStockThreshold: absent, isLow: absent };
  const continued = stockLevels.handlers.StockRemoved.evolve(first, recorded(removed(2)), id);
  expect(continued).toStrictEqual({ ...first, onHand: 8, removed: 2, isLow: false });
});

it("comes from the stock's own stream", () => expect(stockLevelStreams(ten)).toStrictEqual(['stock-7-mug']));

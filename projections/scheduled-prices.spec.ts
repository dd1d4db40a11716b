import type { Instant, PriceScheduleId, ProductId } from '../domain/kernel';
import { gbp } from '../tests/support/domain/order-vocabulary';
import { itProjects } from '../tests/support/projections/it-projects';
import { scheduledPrices, type ScheduledPrice, type ScheduledPrices } from './scheduled-prices';

const productId = 'mug' as ProductId;
const [first, second] = ['first', 'second'] as readonly string[] as [PriceScheduleId, PriceScheduleId];
const day = (number: number) => `2026-11-0${number}T09:00:00.000Z` as Instant;

const sale: ScheduledPrice = {
  ...{ id: first, price: gbp(790), from: day(4), until: day(6), isRunning: false },
};
const dearer: ScheduledPrice = {
  ...{ id: second, price: gbp(990), from: day(3), until: null, isRunning: false },
};
const withBoth: ScheduledPrices = { id: productId, nextAt: day(3), schedules: [dearer, sale] };
const running: ScheduledPrices = {
  id: productId,
  nextAt: day(6),
  schedules: [{ ...sale, isRunning: true }],
};

itProjects(scheduledPrices, [
  {
    on: {
      type: 'ProductPriceScheduled',
      data: {
        ...{ productId, scheduleId: first, price: gbp(790), from: day(4), until: day(6) },
        scheduledAt: day(1),
      },
    },
    because: 'has a sale',
    touches: [{ id: productId, after: { id: productId, nextAt: day(4), schedules: [sale] } }],
  },
  {
    on: {
      type: 'ProductPriceScheduled',
      data: { productId, scheduleId: second, price: gbp(990), from: day(3), scheduledAt: day(1) },
    },
    because: 'has a price for good before the sale',
    touches: [
      { id: productId, before: { id: productId, nextAt: day(4), schedules: [sale] }, after: withBoth },
    ],
  },
  {
    on: {
      type: 'ProductPriceScheduleEnded',
      data: { productId, scheduleId: second, because: 'applied', endedAt: day(3) },
    },
    because: 'has the sale only',
    touches: [
      { id: productId, before: withBoth, after: { id: productId, nextAt: day(4), schedules: [sale] } },
    ],
  },
  {
    on: {
      type: 'ProductSaleStarted',
      data: { productId, scheduleId: first, regularPrice: gbp(990), until: day(6), startedAt: day(4) },
    },
    because: 'changes next when the sale ends',
    touches: [
      {
        id: productId,
        before: { id: productId, nextAt: day(4), schedules: [sale] },
        after: running,
      },
    ],
  },
  {
    on: {
      type: 'ProductPriceScheduleEnded',
      data: { productId, scheduleId: first, because: 'over', endedAt: day(6) },
    },
    because: 'has nothing scheduled',
    touches: [{ id: productId, before: running }],
  },
]);

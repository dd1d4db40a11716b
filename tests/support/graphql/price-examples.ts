import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { Instant, PriceScheduleId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import type { Example } from './account-examples';
import { ids } from './edge';

const gbp = { amountMinor: 300, currency: 'GBP' as CurrencyCode };
const scheduleId = ids.review as string as PriceScheduleId;
const from = '2026-12-01T00:00:00.000Z' as Instant;
const until = '2026-12-03T00:00:00.000Z' as Instant;
const sale = { productId: ids.mug, price: gbp, from, until };

/** Examples of the mutations about scheduled prices. */
export const priceExamples: {
  readonly [Name in Extract<MutationName, 'schedulePrice' | 'cancelScheduledPrice'>]: Example<Name>;
} = {
  schedulePrice: {
    input: sale,
    sends: sale,
    value: { scheduleId },
    select: 'scheduleId product { id }',
    shows: { scheduleId, product: { id: ids.mug } },
  },
  cancelScheduledPrice: {
    input: { productId: ids.mug, scheduleId },
    sends: { productId: ids.mug, scheduleId },
    value: {},
    select: 'product { id }',
    shows: { product: { id: ids.mug } },
  },
};

type PriceCode = Extract<Rejection['code'], `PRICE_SCHEDULE${string}` | `SALE_PRICE_${string}`>;

/** One rejection of each code about scheduled prices, with figures. */
export const priceSamples: {
  readonly [Code in PriceCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  PRICE_SCHEDULE_TIME_INVALID: { field: 'until', earliest: from, latest: until },
  PRICE_SCHEDULE_OVERLAPS: { scheduleId, from },
  PRICE_SCHEDULES_FULL: { max: 20 },
  SALE_PRICE_NOT_LOWER: { price: gbp, regularPrice: gbp },
};

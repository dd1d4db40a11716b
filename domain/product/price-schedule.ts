import { accept, later, reject, type Decision, type Instant, type Millis, type ProductId } from '../kernel';
import { equals, isPositive, type Money } from '../money';
import type { CancelScheduledPrice, ProductRejection, SchedulePrice } from './commands';
import type { ProductEvent } from './events';
import { evolve, type KnownProduct, type ScheduledPrice } from './state';

/** The scheduled prices of one product that have not ended. */
export const priceSchedulesMax = 20;

/** A schedule begins within so many days, and a sale lasts no longer. */
export const priceScheduleDaysMax = 366;

const DAY_MS = 24 * 3_600_000;
const LONGEST = (priceScheduleDaysMax * DAY_MS) as Millis;

type Events = readonly ProductEvent[];
type ProductDecision = Decision<ProductEvent, ProductRejection>;

type Ended = Extract<ProductEvent, { type: 'ProductPriceScheduleEnded' }>['data'];
type Ending = Omit<Ended, 'endedAt'>;

const ended = (ending: Ending, at: Instant): ProductEvent => ({
  type: 'ProductPriceScheduleEnded',
  data: { ...ending, endedAt: at },
});

const priced = (productId: ProductId, from: Money, to: Money, at: Instant): Events =>
  equals(from, to)
    ? []
    : [{ type: 'ProductPriceChanged', data: { productId, price: to, previous: from, changedAt: at } }];

/** A price without an end begins and is done at one moment. */
const endOf = ({ from, until }: Pick<ScheduledPrice, 'from' | 'until'>): Instant =>
  until ?? later(from, 1 as Millis);

const overlap = (
  one: Pick<ScheduledPrice, 'from' | 'until'>,
  other: Pick<ScheduledPrice, 'from' | 'until'>,
): boolean => one.from < endOf(other) && other.from < endOf(one);

/** Returns the price that the product would have at a time without a sale. */
const regularPriceAt = ({ price, sale, schedules = [] }: KnownProduct, at: Instant): Money =>
  schedules
    .filter(({ from, until }) => until === undefined && from <= at)
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .at(-1)?.price ??
  sale?.regularPrice ??
  price;

/** Returns the events that take the product from a sale to its regular price. */
const endSale = (
  productId: ProductId,
  state: KnownProduct,
  because: Ended['because'],
  at: Instant,
): Events => {
  const { sale, price } = state;
  if (sale === undefined) return [];
  const { scheduleId, regularPrice } = sale;
  return [ended({ productId, scheduleId, because }, at), ...priced(productId, price, regularPrice, at)];
};

/** Returns the events of the next end or beginning that is due; none where nothing is. */
const nextDue = (productId: ProductId, state: KnownProduct, at: Instant): Events => {
  const { sale, schedules = [], price } = state;
  if (sale !== undefined && sale.until <= at) return endSale(productId, state, 'over', at);
  // Schedules do not overlap, so none of them is due while a sale goes on.
  const next = schedules
    .filter(({ from }) => from <= at)
    .toSorted((one, other) => one.from.localeCompare(other.from))[0];
  if (next === undefined) return [];
  const { scheduleId, until } = next;
  if (until === undefined)
    return [
      ended({ productId, scheduleId, because: 'applied' }, at),
      ...priced(productId, price, next.price, at),
    ];
  if (until <= at) return [ended({ productId, scheduleId, because: 'missed' }, at)];
  // The price was lowered by hand meanwhile: a sale never raises a price.
  if (next.price.amountMinor >= price.amountMinor)
    return [ended({ productId, scheduleId, because: 'not-lower' }, at)];
  return [
    {
      type: 'ProductSaleStarted',
      data: { productId, scheduleId, regularPrice: price, until, startedAt: at },
    },
    ...priced(productId, price, next.price, at),
  ];
};

/** Begins and ends what is due, in the order of its times. A product that is off sale has the right price when it comes back. */
export const applyScheduledPrices = (productId: ProductId, state: KnownProduct, at: Instant): Events => {
  const events: ProductEvent[] = [];
  let now = state;
  for (;;) {
    const due = nextDue(productId, now, at);
    if (due.length === 0) return events;
    events.push(...due);
    now = due.reduce(evolve, now) as KnownProduct;
  }
};

type Wrong = Extract<ProductRejection, { code: 'PRICE_SCHEDULE_TIME_INVALID' }>;

/** Returns which time is wrong; undefined where none is. */
const wrongTime = ({ from, until, at }: Pick<SchedulePrice, 'from' | 'until' | 'at'>): Wrong | undefined => {
  const code = 'PRICE_SCHEDULE_TIME_INVALID';
  // A price that begins at once and has no end is changed, and not scheduled.
  const [earliest, latest] = [until === undefined ? later(at, 1 as Millis) : at, later(at, LONGEST)];
  const begins = from ?? at;
  if (begins < earliest || begins > latest) return { code, field: 'from', earliest, latest };
  const [soonest, last] = [later(begins, 1 as Millis), later(begins, LONGEST)];
  return until !== undefined && (until < soonest || until > last)
    ? { code, field: 'until', earliest: soonest, latest: last }
    : undefined;
};

export const schedulePrice = (command: SchedulePrice, state: KnownProduct): ProductDecision => {
  const { productId, scheduleId, price, until, at } = command;
  const { sale, schedules = [] } = state;
  // The id is derived from the command, so this is a repeat of it.
  if (sale?.scheduleId === scheduleId || schedules.some((one) => one.scheduleId === scheduleId))
    return accept();
  if (!isPositive(price)) return reject({ code: 'PRICE_NOT_POSITIVE', price });
  if (price.currency !== state.price.currency)
    return reject({ code: 'CURRENCY_CHANGED', was: state.price.currency, now: price.currency });
  const wrong = wrongTime(command);
  if (wrong !== undefined) return reject(wrong);
  const from = command.from ?? at;
  const running = sale && { scheduleId: sale.scheduleId, price: state.price, from: at, until: sale.until };
  const taken = [...(running ? [running] : []), ...schedules].find((one) => overlap(one, { from, until }));
  // It would not be clear which of two prices at one time is meant.
  if (taken !== undefined)
    return reject({ code: 'PRICE_SCHEDULE_OVERLAPS', scheduleId: taken.scheduleId, from: taken.from });
  // A sale shows the regular price struck through.
  const regularPrice = regularPriceAt(state, from);
  if (until !== undefined && price.amountMinor >= regularPrice.amountMinor)
    return reject({ code: 'SALE_PRICE_NOT_LOWER', price, regularPrice });
  if (schedules.length >= priceSchedulesMax)
    return reject({ code: 'PRICE_SCHEDULES_FULL', max: priceSchedulesMax });
  const scheduled: ProductEvent = {
    type: 'ProductPriceScheduled',
    data: { productId, scheduleId, price, from, until, scheduledAt: at },
  };
  // What begins now does not wait for the clock.
  const now = evolve(state, scheduled) as KnownProduct;
  return accept(scheduled, ...applyScheduledPrices(productId, now, at));
};

export const cancelScheduledPrice = (
  { productId, scheduleId, at }: CancelScheduledPrice,
  state: KnownProduct,
): ProductDecision => {
  if (state.sale?.scheduleId === scheduleId) return accept(...endSale(productId, state, 'cancelled', at));
  return state.schedules?.some((one) => one.scheduleId === scheduleId) === true
    ? accept(ended({ productId, scheduleId, because: 'cancelled' }, at))
    : accept();
};

/**
 * Changes the price by hand while a sale is on: the regular price is another one, and the sale goes on. One that is lower than
 * the sale ends it.
 */
export const changePriceInSale = (
  { productId, price, at }: { readonly productId: ProductId; readonly price: Money; readonly at: Instant },
  state: KnownProduct & { readonly sale: NonNullable<KnownProduct['sale']> },
): Events => {
  const { scheduleId, regularPrice } = state.sale;
  if (price.amountMinor < state.price.amountMinor)
    return [
      ended({ productId, scheduleId, because: 'undercut' }, at),
      ...priced(productId, state.price, price, at),
    ];
  return [
    {
      type: 'ProductRegularPriceChanged',
      data: { productId, price, previous: regularPrice, changedAt: at },
    },
  ];
};

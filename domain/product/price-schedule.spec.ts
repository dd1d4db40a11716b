import { given } from '../../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../../tests/support/domain/walk';
import { instantOf, type Instant, type PriceScheduleId, type ProductId, type SerialNumber } from '../kernel';
import { money, type CurrencyCode } from '../money';
import { priceSchedulesMax, product, type KnownProduct, type ProductCommand, type ProductEvent } from '.';

const productId = '5d0b6c3e-0000-5000-8000-000000000001' as ProductId;
const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const hour = (number: number): Instant => instantOf(Date.parse('2026-11-02T00:00:00Z') + number * 3_600_000);
const id = (name: string) => name as PriceScheduleId;

const registered: ProductEvent = {
  type: 'ProductRegistered',
  data: {
    ...{ productId, number: 41 as SerialNumber, sku: 'LAMP-01', name: 'Lamp', description: '' },
    ...{ category: 'home', price: gbp(1_000), registeredAt: hour(0) },
  },
};

type Times = { readonly from?: number; readonly until?: number; readonly at?: number };

const schedule = (name: string, price: number, { from, until, at = 0 }: Times): ProductCommand => ({
  ...{ type: 'SchedulePrice', productId, scheduleId: id(name), price: gbp(price), at: hour(at) },
  ...(from !== undefined && { from: hour(from) }),
  ...(until !== undefined && { until: hour(until) }),
});
const apply = (at: number): ProductCommand => ({ type: 'ApplyScheduledPrices', productId, at: hour(at) });
const cancel = (name: string, at: number): ProductCommand => ({
  ...{ type: 'CancelScheduledPrice', productId, scheduleId: id(name), at: hour(at) },
});
const change = (price: number, at: number, expected?: number): ProductCommand => ({
  ...{ type: 'ChangeProductPrice', productId, price: gbp(price), at: hour(at) },
  ...(expected !== undefined && { expectedPrice: gbp(expected) }),
});

const scheduled = (name: string, price: number, { from, until, at = 0 }: Times): ProductEvent => ({
  type: 'ProductPriceScheduled',
  data: {
    ...{ productId, scheduleId: id(name), price: gbp(price), scheduledAt: hour(at) },
    ...{ from: hour(from ?? at), ...(until !== undefined && { until: hour(until) }) },
  },
});
const started = (name: string, regular: number, until: number, at: number): ProductEvent => ({
  type: 'ProductSaleStarted',
  data: {
    ...{ productId, scheduleId: id(name), regularPrice: gbp(regular), until: hour(until) },
    startedAt: hour(at),
  },
});
const priced = (from: number, to: number, at: number): ProductEvent => ({
  type: 'ProductPriceChanged',
  data: { productId, price: gbp(to), previous: gbp(from), changedAt: hour(at) },
});
type Because = Extract<ProductEvent, { type: 'ProductPriceScheduleEnded' }>['data']['because'];
const ended = (name: string, because: Because, at: number): ProductEvent => ({
  type: 'ProductPriceScheduleEnded',
  data: { productId, scheduleId: id(name), because, endedAt: hour(at) },
});
const regular = (from: number, to: number, at: number): ProductEvent => ({
  type: 'ProductRegularPriceChanged',
  data: { productId, price: gbp(to), previous: gbp(from), changedAt: hour(at) },
});

/** A lamp of 10.00 with a sale at 8.00 from 10 to 20. */
const planned = [registered, scheduled('sale', 800, { from: 10, until: 20 })];
const onSale = [...planned, started('sale', 1_000, 20, 10), priced(1_000, 800, 10)];

describe('SchedulePrice', () => {
  it('records a sale, and a price for good', () => {
    given(product, [registered])
      .when(schedule('sale', 800, { from: 10, until: 20 }))
      .then([scheduled('sale', 800, { from: 10, until: 20 })]);
    given(product, [registered])
      .when(schedule('raise', 1_200, { from: 10 }))
      .then([scheduled('raise', 1_200, { from: 10 })]);
  });

  it('begins a sale without a beginning at once', () =>
    given(product, [registered])
      .when(schedule('sale', 800, { until: 20 }))
      .then([
        scheduled('sale', 800, { from: 0, until: 20 }),
        started('sale', 1_000, 20, 0),
        priced(1_000, 800, 0),
      ]));

  it.each<[string, Times, 'from' | 'until', Instant, Instant]>([
    ['a beginning in the past', { from: 4, until: 9, at: 5 }, 'from', hour(5), hour(5 + 366 * 24)],
    ['no time at all', { at: 5 }, 'from', instantOf(Date.parse(hour(5)) + 1), hour(5 + 366 * 24)],
    ['a far beginning', { from: 366 * 24 + 1 }, 'from', instantOf(Date.parse(hour(0)) + 1), hour(366 * 24)],
    ['an end before', { from: 9, until: 9 }, 'until', instantOf(Date.parse(hour(9)) + 1), hour(9 + 366 * 24)],
    [
      'a far end',
      { from: 1, until: 2 + 366 * 24 },
      'until',
      instantOf(Date.parse(hour(1)) + 1),
      hour(1 + 366 * 24),
    ],
  ])('refuses %s', (_, times, field, ...[earliest, latest]) =>
    given(product, [registered])
      .when(schedule('sale', 800, times))
      .thenRejected({ code: 'PRICE_SCHEDULE_TIME_INVALID', field, earliest, latest }),
  );

  it.each<[number, number | undefined]>([
    [5, 11],
    [10, undefined],
    [12, 13],
    [19, 30],
    [5, 30],
    [15, undefined],
  ])('refuses one from %p to %p beside a sale from 10 to 20', (from, until) => {
    for (const history of [planned, onSale]) {
      const at = history === onSale ? 10 : 0;
      if (from <= at && history === onSale) continue;
      given(product, history)
        .when(schedule('other', 700, { from, at, ...(until !== undefined && { until }) }))
        .thenRejected({ code: 'PRICE_SCHEDULE_OVERLAPS', scheduleId: id('sale'), from: hour(10) });
    }
  });

  it('takes one that ends when the sale begins, and one that begins when it ends', () => {
    given(product, planned)
      .when(schedule('other', 700, { from: 5, until: 10 }))
      .then([scheduled('other', 700, { from: 5, until: 10 })]);
    given(product, onSale)
      .when(schedule('other', 1_100, { from: 20, at: 11 }))
      .then([scheduled('other', 1_100, { from: 20, at: 11 })]);
  });

  it('refuses a sale that is not lower than the regular price at its beginning', () => {
    given(product, [registered])
      .when(schedule('sale', 1_000, { from: 1, until: 2 }))
      .thenRejected({ code: 'SALE_PRICE_NOT_LOWER', price: gbp(1_000), regularPrice: gbp(1_000) });
    const dearer = [registered, scheduled('raise', 1_200, { from: 5 })];
    given(product, dearer)
      .when(schedule('sale', 1_100, { from: 6, until: 7 }))
      .then([scheduled('sale', 1_100, { from: 6, until: 7 })]);
    given(product, onSale)
      .when(schedule('next', 1_000, { from: 30, until: 40, at: 11 }))
      .thenRejected({ code: 'SALE_PRICE_NOT_LOWER', price: gbp(1_000), regularPrice: gbp(1_000) });
  });

  it('refuses a price of nothing, another currency and too many', () => {
    given(product, [registered])
      .when(schedule('sale', 0, { from: 1, until: 2 }))
      .thenRejected({ code: 'PRICE_NOT_POSITIVE', price: gbp(0) });
    const euro = 'EUR' as CurrencyCode;
    given(product, [registered])
      .when({ ...schedule('sale', 1, { from: 1 }), price: money(1, euro) } as ProductCommand)
      .thenRejected({ code: 'CURRENCY_CHANGED', was: gbp(1).currency, now: euro });
    const many = Array.from({ length: priceSchedulesMax }, (_, at) =>
      scheduled(`s${at}`, 900, { from: at + 1 }),
    );
    given(product, [registered, ...many])
      .when(schedule('more', 900, { from: 99 }))
      .thenRejected({ code: 'PRICE_SCHEDULES_FULL', max: priceSchedulesMax });
  });
});

describe('the clock', () => {
  it('begins a sale and ends it, each once', () => {
    given(product, planned).when(apply(9)).then([]);
    given(product, planned)
      .when(apply(10))
      .then([started('sale', 1_000, 20, 10), priced(1_000, 800, 10)]);
    given(product, onSale).when(apply(19)).then([]);
    given(product, onSale)
      .when(apply(21))
      .then([ended('sale', 'over', 21), priced(800, 1_000, 21)]);
  });

  it('applies a price for good, also late', () =>
    given(product, [registered, scheduled('raise', 1_200, { from: 5 })])
      .when(apply(50))
      .then([ended('raise', 'applied', 50), priced(1_000, 1_200, 50)]));

  it('leaves out a sale whose whole time was missed', () =>
    given(product, planned)
      .when(apply(20))
      .then([ended('sale', 'missed', 20)]));

  it('catches up in the order of the times', () =>
    given(product, [
      ...onSale,
      scheduled('raise', 1_200, { from: 20 }),
      scheduled('next', 700, { from: 30, until: 60 }),
    ])
      .when(apply(40))
      .then([
        ...[ended('sale', 'over', 40), priced(800, 1_000, 40)],
        ...[ended('raise', 'applied', 40), priced(1_000, 1_200, 40)],
        ...[started('next', 1_200, 60, 40), priced(1_200, 700, 40)],
      ]));

  it('changes the price of a product that is off sale, so that it comes back at the right one', () => {
    const off: ProductEvent = { type: 'ProductDiscontinued', data: { productId, discontinuedAt: hour(1) } };
    given(product, [...planned, off])
      .when(apply(10))
      .then([started('sale', 1_000, 20, 10), priced(1_000, 800, 10)]);
  });

  it('reduces a price that was raised by hand meanwhile, which comes back', () => {
    const raised = [...planned, priced(1_000, 1_500, 5)];
    given(product, raised)
      .when(apply(10))
      .then([started('sale', 1_500, 20, 10), priced(1_500, 800, 10)]);
  });

  it('raises no price where the price was lowered by hand meanwhile', () =>
    given(product, [...planned, priced(1_000, 800, 5)])
      .when(apply(10))
      .then([ended('sale', 'not-lower', 10)]));

  it('does not find an unknown product', () =>
    given(product, []).when(apply(1)).thenRejected({ code: 'PRODUCT_NOT_FOUND', productId }));
});

describe('a price that is changed by hand in a sale', () => {
  it('comes back after it', () => {
    given(product, onSale)
      .when(change(1_100, 12))
      .then([regular(1_000, 1_100, 12)]);
    given(product, [...onSale, regular(1_000, 1_100, 12)])
      .when(apply(20))
      .then([ended('sale', 'over', 20), priced(800, 1_100, 20)]);
  });

  it('ends the sale where it is lower', () =>
    given(product, onSale)
      .when(change(700, 12))
      .then([ended('sale', 'undercut', 12), priced(800, 700, 12)]));

  it.each([800, 1_000])('changes nothing where it is %d, as a list says that was exported', (price) =>
    given(product, onSale).when(change(price, 12)).then([]),
  );

  it('may be expected as the price, or as the regular one', () => {
    for (const expected of [800, 1_000])
      given(product, onSale)
        .when(change(1_100, 12, expected))
        .then([regular(1_000, 1_100, 12)]);
    given(product, onSale)
      .when(change(1_100, 12, 900))
      .thenRejected({ code: 'PRODUCT_CHANGED', productId });
  });
});

describe('CancelScheduledPrice', () => {
  it('cancels what waits, ends a sale, and leaves alone what has ended', () => {
    given(product, planned)
      .when(cancel('sale', 5))
      .then([ended('sale', 'cancelled', 5)]);
    given(product, onSale)
      .when(cancel('sale', 12))
      .then([ended('sale', 'cancelled', 12), priced(800, 1_000, 12)]);
    given(product, onSale).when(cancel('other', 12)).then([]);
  });

  it('does not find an unknown product', () => {
    for (const command of [cancel('sale', 1), schedule('sale', 1, { from: 2 })])
      given(product, []).when(command).thenRejected({ code: 'PRODUCT_NOT_FOUND', productId });
  });
});

it('never has two prices for one time, and a sale is always lower than the regular price', () => {
  let clock = 0;
  alongEveryWalk(
    product,
    (state): readonly ProductCommand[] => {
      if (state.status === 'NONE') {
        clock = 0;
        return [
          {
            ...{ type: 'RegisterProduct', productId, number: 41 as SerialNumber, sku: 'L', name: 'L' },
            ...{ description: '', category: '', price: gbp(1_000), at: hour(0) },
          },
        ];
      }
      clock += 1;
      const at = clock;
      const names = [state.sale, ...(state.schedules ?? [])].map((one) => one?.scheduleId ?? 'none');
      return [
        schedule(`s${at}`, 500 + at, { from: at + 2, until: at + 5, at }),
        schedule(`s${at}`, 400 + at, { until: at + 4, at }),
        schedule(`s${at}`, 900 + at, { from: at + 3, at }),
        ...names.map((name) => cancel(name, at)),
        ...[apply(at), apply(at), change(300 + at, at), change(1_500 - at, at)],
      ];
    },
    (step) => {
      recordsOnce(product, step);
      const { after } = step;
      if (after.status === 'NONE') return;
      const { sale, schedules = [], price } = after as KnownProduct;
      if (sale) expect(price.amountMinor).toBeLessThan(sale.regularPrice.amountMinor);
      const taken = [
        ...(sale ? [{ from: hour(0), until: sale.until as Instant | undefined }] : []),
        ...schedules,
      ].toSorted((one, other) => one.from.localeCompare(other.from));
      taken.slice(1).forEach(({ from }, index) => {
        const before = taken[index];
        expect(from > (before?.from ?? '') && from >= (before?.until ?? '')).toBe(true);
      });
    },
  );
});

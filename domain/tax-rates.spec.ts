import { given } from '../tests/support/domain/given';
import { fold, type Instant } from './kernel';
import { taxPeriodsMax, taxRates, taxTermsAt, type TaxRatesEvent } from './tax-rates';

const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}T00:00:00.000Z` as Instant;
const at = day(1);
const rates = { standard: 1_900, reduced: 700 };
const facts = { country: 'DE', isIncluded: true, rates };
const set = (from: Instant, change: object = {}) =>
  ({ type: 'SetTaxRates', ...facts, from, at, ...change }) as const;
const withdraw = (from: Instant) => ({ type: 'WithdrawTaxRates', country: 'DE', from, at }) as const;
const wasSet = (from: Instant, change: object = {}): TaxRatesEvent => ({
  type: 'TaxRatesSet',
  data: { ...facts, from, setAt: at, ...change },
});
const wasWithdrawn = (from: Instant): TaxRatesEvent => ({
  type: 'TaxRatesWithdrawn',
  data: { country: 'DE', from, withdrawnAt: at },
});
const cheaper = { rates: { standard: 1_600 } };
const termsAt = (events: readonly TaxRatesEvent[], when: Instant, country = 'DE') =>
  taxTermsAt(fold(taxRates.evolve, taxRates.initial, events), country, when);

describe('the rates of a country', () => {
  it('are set from now on', () =>
    given(taxRates, [])
      .when(set(at))
      .then([wasSet(at)]));

  it('are set from a later time on', () =>
    given(taxRates, [wasSet(at)])
      .when(set(day(5), cheaper))
      .then([wasSet(day(5), cheaper)]));

  it('are not set where they are so already', () =>
    given(taxRates, [wasSet(at)])
      .when(set(day(5)))
      .then([]));

  it('are not set for the past', () =>
    given(taxRates, [])
      .when(set('2026-02-28T23:59:59.999Z' as Instant))
      .thenRejected({ code: 'TAX_RATES_IN_THE_PAST', from: '2026-02-28T23:59:59.999Z' as Instant }));

  it('are those of a country', () =>
    given(taxRates, [])
      .when(set(at, { country: 'XX' }))
      .thenRejected({ code: 'COUNTRY_UNKNOWN', country: 'XX' }));

  it.each([
    ['standard', { standard: 10_001 }],
    ['reduced', { standard: 1_900, reduced: -1 }],
    ['superReduced', { standard: 1_900, superReduced: 0.5 }],
  ] as const)('have a %s rate from 0 to 100 per cent', (field, wrong) =>
    given(taxRates, [])
      .when(set(at, { rates: wrong }))
      .thenRejected({
        ...{ code: 'TAX_RATE_OUT_OF_RANGE', field, min: 0, max: 10_000 },
        rateHundredths: Object.values(wrong).at(-1)!,
      }),
  );

  it('change a limited number of times', () => {
    const full = Array.from({ length: taxPeriodsMax }, (_, index) =>
      wasSet(day(index + 1), { rates: { standard: index } }),
    );
    given(taxRates, full)
      .when(set(day(25)))
      .thenRejected({ code: 'TAX_RATES_FULL', country: 'DE', max: taxPeriodsMax });
    // The first one has ended by then.
    given(taxRates, full)
      .when(set(day(25), { at: day(2) }))
      .then([wasSet(day(25), { setAt: day(2) })]);
  });

  it('are withdrawn, once', () =>
    given(taxRates, [wasSet(at)])
      .when(withdraw(day(3)))
      .then([wasWithdrawn(day(3))]));

  it('are not withdrawn where there are none', () => given(taxRates, []).when(withdraw(at)).then([]));

  it('are not withdrawn for the past', () =>
    given(taxRates, [wasSet('2026-02-01T00:00:00.000Z' as Instant, { setAt: '2026-01-01T00:00:00.000Z' })])
      .when(withdraw('2026-02-10T00:00:00.000Z' as Instant))
      .thenRejected({ code: 'TAX_RATES_IN_THE_PAST', from: '2026-02-10T00:00:00.000Z' as Instant }));
});

describe('the terms of an order', () => {
  const history = [wasSet(at), wasSet(day(5), cheaper), wasSet(day(9), { isIncluded: false })];

  it('are those of its country and its time', () => {
    expect(termsAt(history, '2026-02-28T23:59:59.999Z' as Instant)).toBeUndefined();
    expect(termsAt(history, at)).toEqual({ country: 'DE', isIncluded: true, rates });
    expect(termsAt(history, day(5))).toEqual({ country: 'DE', isIncluded: true, ...cheaper });
    expect(termsAt(history, day(20))).toEqual({ country: 'DE', isIncluded: false, rates });
    expect(termsAt(history, at, 'FR')).toBeUndefined();
    expect(termsAt(history, at, 'constructor')).toBeUndefined();
  });

  it('are none from a withdrawal on, also of rates that were planned', () => {
    const withdrawn = [...history, wasWithdrawn(day(6))];
    expect(termsAt(withdrawn, day(5))).toMatchObject(cheaper);
    expect(termsAt(withdrawn, day(6))).toBeUndefined();
    expect(termsAt(withdrawn, day(20))).toBeUndefined();
  });

  it('are those that were set last for the same time', () =>
    expect(termsAt([...history, wasSet(day(5), { rates: { standard: 1 } })], day(5))).toMatchObject({
      rates: { standard: 1 },
    }));
});

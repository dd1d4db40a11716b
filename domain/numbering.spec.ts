import { given } from '../tests/support/domain/given';
import { alongEveryWalk } from '../tests/support/domain/walk';
import { blockSizeMax, numbering } from './numbering';
import type { NumberingCommand, NumbersReserved } from './numbering';

const reserve = (count: number, series = 'order'): NumberingCommand => ({
  type: 'ReserveNumbers',
  series,
  count,
});
const reserved = (first: number, count: number, series = 'order'): NumbersReserved => ({
  type: 'NumbersReserved',
  data: { series, first, count },
});

describe('ReserveNumbers', () => {
  it('begins with one', () =>
    given(numbering, [])
      .when(reserve(500))
      .then([reserved(1, 500)], { again: 'new events' }));

  it('goes on where the last block ended', () =>
    given(numbering, [reserved(1, 500), reserved(501, 10)])
      .when(reserve(1))
      .then([reserved(511, 1)], { again: 'new events' }));

  it.each([0, -1, 1.5, Number.NaN, blockSizeMax + 1])('refuses a block of %d', (count) =>
    given(numbering, [])
      .when(reserve(count))
      .thenRejected({ code: 'COUNT_OUT_OF_RANGE', count, min: 1, max: 10_000 }),
  );

  it('gives out the last number below 2^53 and then no more', () => {
    const allButOne = reserved(1, Number.MAX_SAFE_INTEGER - 1);
    given(numbering, [allButOne])
      .when(reserve(1))
      .then([reserved(Number.MAX_SAFE_INTEGER, 1)], { again: { code: 'SERIES_EXHAUSTED', series: 'order' } });
    given(numbering, [allButOne])
      .when(reserve(2))
      .thenRejected({ code: 'SERIES_EXHAUSTED', series: 'order' });
  });

  it('keeps warehouses within int32', () => {
    const allButOne = reserved(1, 2 ** 31 - 2, 'warehouse');
    given(numbering, [allButOne])
      .when(reserve(1, 'warehouse'))
      .then([reserved(2 ** 31 - 1, 1, 'warehouse')], {
        again: { code: 'SERIES_EXHAUSTED', series: 'warehouse' },
      });
  });
});

it('never gives a number out twice', () => {
  let next = 1;
  alongEveryWalk(
    numbering,
    () => [1, 2, 7, 100, blockSizeMax, blockSizeMax + 1].map((count) => reserve(count)),
    ({ before, decision }) => {
      if (before.next === 1) next = 1;
      if (!decision.ok) return;
      const [block] = decision.events;
      expect(block!.data.first).toBe(next);
      next = block!.data.first + block!.data.count;
    },
  );
});

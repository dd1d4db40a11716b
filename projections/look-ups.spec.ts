import { realClock } from '../platform/clock';
import { positionOf } from '../platform/event-store';
import { memoryReadModels } from '../platform/read-models/memory';
import { day, event, requested } from '../tests/support/domain/after-sales';
import { projected } from '../tests/support/projections/it-projects';
import type { AfterSalesId } from '../domain/kernel';
import { afterSalesRequests } from './after-sales';
import { lookUpsIn } from './look-ups';

it('finds the after-sales requests whose deadline is over, and none without a deadline', async () => {
  const readModels = memoryReadModels();
  const { collection } = afterSalesRequests;
  await readModels.ensure(collection);
  const of = (afterSalesId: string) => ({ afterSalesId: afterSalesId as AfterSalesId });
  const documents = [
    ...projected(afterSalesRequests, [
      requested('RETURN', of('a')),
      requested('RETURN', { ...of('b'), decideBy: day(1) }),
      requested('RETURN', of('c')),
      { ...event.disputed, data: { ...event.disputed.data, ...of('c') } },
    ]).values(),
  ];
  const position = positionOf(9);
  const upserts = documents.map((document) => ({ document, position }));
  await readModels.write({ collection, upserts, deletes: [], position });
  const { dueAfterSales } = lookUpsIn(readModels, realClock);
  expect(await dueAfterSales(day(1), 10)).toEqual([]);
  expect(await dueAfterSales(day(3), 10)).toEqual(['b', 'a']);
  expect(await dueAfterSales(day(3), 1)).toEqual(['b']);
});

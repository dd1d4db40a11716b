import fc from 'fast-check';
import { invoice, type InvoiceEvent } from '../../domain/invoice';
import { type InvoiceSeriesEvent } from '../../domain/invoice-series';
import type { InvoiceId } from '../../domain/kernel';
import { memoryEventStore } from '../../platform/event-store';
import { createAggregates, rootContext } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import { silentLogger } from '../../platform/telemetry';
import {
  createMemoryCheckpoints,
  createMemoryParking,
} from '../../tests/support/commands/memory-workflow-ports';
import { mortal } from '../../tests/support/commands/mortal';
import { idOf, system } from '../../tests/support/commands/order-fixture';
import { drafted } from '../../tests/support/domain/invoices';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { createInvoiceNumbers } from './number-invoices';

const series = 'INV-2026';
const context = (purpose: string) => rootContext(commandId(purpose, 'spec'), system);

const open = async (count: number) => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const on = (of: typeof store) => {
    const aggregates = createAggregates({ store: of, clock, random: seededRandom(5), logger: silentLogger });
    return { aggregates, numbers: createInvoiceNumbers({ aggregates, clock }) };
  };
  const ids = Array.from({ length: count }, (_, index) => idOf(`invoice ${index}`) as InvoiceId);
  const { aggregates } = on(store);
  for (const invoiceId of ids)
    await clock.drive(
      aggregates
        .of(invoice)
        .execute(
          invoiceId,
          { type: 'DraftInvoice', draft: { ...drafted.data, invoiceId } },
          context(invoiceId),
        ),
    );
  /** The numbers by invoice, as the invoices and as the series have them. */
  const numbered = async () => {
    const [own, ofSeries] = [new Map<InvoiceId, number[]>(), new Map<number, InvoiceId[]>()];
    for await (const event of store.readAll()) {
      const { type, data } = event as unknown as InvoiceEvent | InvoiceSeriesEvent;
      if (type === 'InvoiceNumbered')
        own.set(data.invoiceId, [...(own.get(data.invoiceId) ?? []), data.sequence]);
      if (type === 'InvoiceNumbersAssigned')
        for (const [index, id] of data.invoiceIds.entries())
          ofSeries.set(data.first + index, [...(ofSeries.get(data.first + index) ?? []), id]);
    }
    return { own, ofSeries };
  };
  const holds = async (): Promise<void> => {
    const { own, ofSeries } = await numbered();
    const all = [...own.values()].flat().sort((one, other) => one - other);
    expect(all).toEqual(ids.map((_, index) => index + 1));
    expect([...own.values()].every((numbers) => numbers.length === 1)).toBe(true);
    for (const [number, owners] of ofSeries) expect(own.get(owners[0]!)).toEqual([number]);
    expect(ofSeries.size).toBe(count);
  };
  return { clock, store, on, ids, holds };
};

it('numbers drafts that wait together in one assignment', async () => {
  const { clock, store, on, ids, holds } = await open(250);
  const { numbers } = on(store);
  await clock.drive(Promise.all(ids.map((id) => numbers.number(series, id, context(id)))));
  await holds();
  let assignments = 0;
  for await (const { type } of store.readAll()) if (type === 'InvoiceNumbersAssigned') assignments += 1;
  expect(assignments).toBeLessThanOrEqual(4);
});

it('has neither a gap nor a number twice, in any interleaving of processes, kills and repeats', async () => {
  const process = fc.record({
    wants: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }),
    writes: fc.integer({ min: 1, max: 14 }),
    lastIsWritten: fc.boolean(),
    startsAt: fc.nat({ max: 6 }),
  });
  const processes = fc.array(process, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(processes, async (all) => {
      const { clock, store, on, ids, holds } = await open(6);
      for (const { wants, writes, lastIsWritten, startsAt } of all) {
        const durable = { store, checkpoints: createMemoryCheckpoints(), parking: createMemoryParking() };
        const doomed = mortal(durable, { writes, lastIsWritten }, clock);
        const { numbers } = on(doomed.store as typeof store);
        await clock.advance(startsAt);
        for (const index of wants)
          void numbers.number(series, ids[index]!, context(ids[index]!)).catch(() => undefined);
      }
      await clock.advance(50);
      // The processes that are left, or their successors, want all of them.
      const [one, other] = [on(store).numbers, on(store).numbers];
      const wanted = [...ids, ...ids].map((id, index) =>
        (index % 2 === 0 ? one : other).number(series, id, context(id)),
      );
      await clock.drive(Promise.all([...wanted, ...ids.map((id) => one.number(series, id, context(id)))]));
      await holds();
    }),
    { numRuns: 60 },
  );
}, 60_000);

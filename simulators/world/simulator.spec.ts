import { inspect } from 'node:util';
import { silentLogger } from '../../platform/telemetry';
import { evenRandom } from '../../tests/support/world/city';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { addWarehouses, type WorldState } from './core';
import type { Batch, Journal } from './journal';
import { Simulator } from './simulator';

/** A journal in memory, whose disk may break and which may be fat. */
type MemoryJournal = Journal & {
  stored: Batch[];
  isBroken: boolean;
  wantsRewrite: boolean;
  /** Called after each part of a rewrite. */
  rewriting: ((part: number) => void) | undefined;
};

const memoryJournal = (): MemoryJournal => {
  const journal: MemoryJournal = {
    stored: [],
    isBroken: false,
    wantsRewrite: false,
    rewriting: undefined,
    commit: async (batch: Batch) => {
      if (journal.isBroken) throw new Error('no space left');
      journal.stored.push(batch);
    },
    rewrite: async (parts: Iterable<Batch>, last: () => Batch) => {
      journal.wantsRewrite = false;
      const written: Batch[] = [];
      for (const part of parts) {
        await Promise.resolve();
        journal.rewriting?.(written.push(part));
      }
      written.push(last());
      if (journal.isBroken) throw new Error('no space left');
      journal.stored = written;
    },
    close: async () => undefined,
  };
  return journal;
};

const open = async (journal: MemoryJournal) => {
  const clock = createVirtualClock();
  const simulator = new Simulator({
    clock,
    random: evenRandom,
    logger: silentLogger,
    faults: {},
    defaultSpeed: 100,
    timing: { resendMs: 500, idleMs: 600_000, drainMs: 10_000 },
  });
  await simulator.open(async (take) => {
    journal.stored.forEach(take);
    return journal;
  });
  return { clock, simulator };
};

const rowsOf = (world: WorldState | undefined) =>
  Array.from(world?.rows() ?? [], (row) => inspect(row, { depth: 9 })).sort();

const build = (simulator: Simulator, id: bigint, warehouse: number): void => {
  const world = simulator.world(id);
  if (!world) return;
  addWarehouses(world, [{ id: warehouse, x: 0, y: 0 }]);
  simulator.changed(world);
};

describe('the journal of the worlds', () => {
  it('is rewritten while the worlds change, without a loss', async () => {
    const journal = memoryJournal();
    const { clock, simulator } = await open(journal);
    await simulator.ensureWorld(1n);
    await simulator.ensureWorld(2n);
    journal.rewriting = (part) => build(simulator, part === 1 ? 1n : 2n, part);
    journal.wantsRewrite = true;
    build(simulator, 1n, 50);
    await clock.advance(0);
    expect(journal.stored).toHaveLength(3);
    const { simulator: again } = await open(journal);
    for (const id of [1n, 2n]) expect(rowsOf(again.world(id))).toEqual(rowsOf(simulator.world(id)));
    expect(again.world(1n)?.warehouses.size).toBe(2);
  });

  it('loses no change that happened during a failed rewriting', async () => {
    const journal = memoryJournal();
    const { clock, simulator } = await open(journal);
    await simulator.ensureWorld(1n);
    journal.rewriting = () => {
      build(simulator, 1n, 7);
      journal.isBroken = true;
    };
    journal.wantsRewrite = true;
    build(simulator, 1n, 50);
    await clock.advance(0);
    journal.isBroken = false;
    await clock.advance(1000);
    const { simulator: again } = await open(journal);
    expect(again.world(1n)?.warehouses.size).toBe(2);
  });

  it('keeps the time during a trip, so that a long trip does not begin again', async () => {
    const journal = memoryJournal();
    const { clock, simulator } = await open(journal);
    await simulator.ensureWorld(1n);
    const before = journal.stored.length;
    await clock.advance(10_000);
    expect(journal.stored).toHaveLength(before);
    const world = simulator.world(1n);
    world?.putPurchase({ whnum: 1, things: [], dueAt: simulator.now() + 60_000 });
    if (world) simulator.changed(world);
    await clock.advance(30_000);
    const { clock: later, simulator: again } = await open(journal);
    expect(again.now()).toBeGreaterThanOrEqual(39_000);
    await later.advance(31_000);
    expect(again.world(1n)?.purchases.size).toBe(0);
  });

  it('does not keep a World from closing when the disk is broken', async () => {
    const journal = memoryJournal();
    const { clock, simulator } = await open(journal);
    await simulator.ensureWorld(1n);
    journal.isBroken = true;
    build(simulator, 1n, 7);
    await clock.drive(simulator.close());
    expect(journal.stored.flatMap(({ entries }) => entries).some(([, table]) => table === 'warehouses')).toBe(
      false,
    );
  });
});

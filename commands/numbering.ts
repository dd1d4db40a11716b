import type { SerialNumber } from '../domain/kernel';
import { numbering } from '../domain/numbering';
import type { Clock, Random } from '../platform/clock';
import { singleFlight } from '../platform/concurrency';
import { rootContext, type Aggregates, type CommandContext, type Principal } from '../platform/execution';
import { Fault } from '../platform/faults';
import { uuidV7 } from '../platform/ids';

/**
 * Assigns serial numbers: each once, over all processes; rising within one process. They come from reserved blocks, so
 * most cost nothing; unused numbers of a process' block are never assigned again.
 */
export interface Numbers {
  /** @throws Fault `OUTCOME_UNKNOWN` or a fault of `execute`, if a new block cannot be reserved. */
  next(series: string): Promise<SerialNumber>;
}

type NumbersDeps = { readonly aggregates: Aggregates; readonly clock: Clock; readonly random: Random };

const BLOCK_MIN = 100;

const BLOCK_MAX = 1_000;

const ATTEMPTS_MAX = 3;

type Block = { readonly end: number; readonly size: number; next: number };

const NUMBERING: Principal = { kind: 'system', id: 'numbering', roles: [] };

/**
 * Reserves `count` numbers under the command's id: the same id again gives the same numbers.
 *
 * @returns the first of them.
 */
export const reserveNumbers = async (
  aggregates: Aggregates,
  { series, count }: { readonly series: string; readonly count: number },
  context: CommandContext,
): Promise<number> => {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const numberings = aggregates.of(numbering);
    const executed = await numberings.execute(series, { type: 'ReserveNumbers', series, count }, context);
    if (executed.kind === 'rejected')
      throw new Error(`Numbers of the series "${series}" were refused: ${executed.rejection.code}`);
    const [reserved] = executed.kind === 'accepted' ? executed.events : [];
    if (reserved) return reserved.data.first;
  }
  throw new Fault('OUTCOME_UNKNOWN', `No numbers of the series "${series}" could be had; try again later`);
};

export const createNumbers = ({ aggregates, clock, random }: NumbersDeps): Numbers => {
  const blocks = new Map<string, Block>();
  // Callers during a reservation wait for the same block.
  const once = singleFlight<Block>();

  const refill = async (series: string): Promise<Block> => {
    // A series whose block is used up is busy, so the next block is larger.
    const size = Math.min(BLOCK_MAX, (blocks.get(series)?.size ?? BLOCK_MIN / 2) * 2);
    const context = rootContext(uuidV7(clock, random), NUMBERING);
    const first = await reserveNumbers(aggregates, { series, count: size }, context);
    const block = { next: first, end: first + size, size };
    blocks.set(series, block);
    return block;
  };

  return {
    next: async (series) => {
      let block = blocks.get(series);
      while (block === undefined || block.next >= block.end) block = await once(series, () => refill(series));
      const number = block.next;
      block.next += 1;
      return number as SerialNumber;
    },
  };
};

import { useRef, useState } from 'react';
import { currentSession, useSend, type Problem } from '../api';
import { changeProductPrice, describeProduct, registerProduct } from './mutations';
import { moneyOf } from '../ui/money';
import type { ListRow } from './product-list';

/** The outcome of a row of a list. */
export type RowResult =
  { readonly kind: 'running' | 'new' | 'changed' } | { readonly kind: 'failed'; readonly problem: Problem };

const LATER_MS = 1_000;
const ATTEMPTS_MAX = 30;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Imports rows one after another: an unknown product is registered, a known one gets its price and description. */
export const useImport = () => {
  const register = useSend(registerProduct);
  const reprice = useSend(changeProductPrice);
  const describe = useSend(describeProduct);
  const [results, setResults] = useState<ReadonlyMap<number, RowResult>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const [isInterrupted, setInterrupted] = useState(false);
  const stopping = useRef<AbortController>(undefined);

  const importRow = async ({ cells }: ListRow): Promise<RowResult> => {
    const price = moneyOf(cells.price, cells.currency);
    if (price === undefined) throw new Error('Only rows without problems are imported');
    const { sku, name, description, category } = cells;
    const words = { name, description, category, imageUrl: cells.image_url || undefined };
    const registered = await register({ sku, ...words, price, sellerId: currentSession()?.account.id });
    if (registered.success) return { kind: 'new' };
    const { answer } = registered;
    if (answer?.__typename !== 'ProductAlreadyRegisteredError')
      return { kind: 'failed', problem: registered.problem };
    const { productId } = answer;
    for (const step of [() => reprice({ productId, price }), () => describe({ productId, ...words })]) {
      const done = await step();
      if (!done.success) return { kind: 'failed', problem: done.problem };
    }
    return { kind: 'changed' };
  };

  /** Repeats a row that the server has no time for now. */
  const patiently = async (row: ListRow, signal: AbortSignal): Promise<RowResult> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await importRow(row);
      const isBusy = result.kind === 'failed' && result.problem.code === 'RATE_LIMITED';
      if (!isBusy || attempt === ATTEMPTS_MAX || signal.aborted) return result;
      await wait(LATER_MS);
    }
  };

  const show = (line: number, result: RowResult): void =>
    setResults((known) => new Map(known).set(line, result));

  const run = async (rows: readonly ListRow[]): Promise<void> => {
    const { signal } = (stopping.current = new AbortController());
    setInterrupted(false);
    setResults(new Map());
    setRunning(true);
    for (const row of rows) {
      show(row.line, { kind: 'running' });
      const result = await patiently(row, signal);
      show(row.line, result);
      if (signal.aborted || (result.kind === 'failed' && result.problem.code === 'UNREACHABLE')) {
        setInterrupted(true);
        break;
      }
    }
    setRunning(false);
  };

  return {
    results,
    isRunning,
    isInterrupted,
    run,
    stop: () => stopping.current?.abort(),
  };
};

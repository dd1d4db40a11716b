import { useRef, useState } from 'react';
import type { Problem } from '../api';

type Running = { readonly kind: 'running' };
type Failed = { readonly kind: 'failed'; readonly problem: Problem };

/** The outcome of one item of many. */
export type Each<Done extends string> = Running | Failed | { readonly kind: Done };

const LATER_MS = 1_000;
const ATTEMPTS_MAX = 30;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Repeats work that the server has no time for now. */
const patiently = async <Result extends Each<string>>(
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    const result = await work();
    const isBusy = 'problem' in result && result.problem.code === 'RATE_LIMITED';
    if (!isBusy || attempt === ATTEMPTS_MAX || signal.aborted) return result;
    await wait(LATER_MS);
  }
};

/**
 * Does the same for many items, one after another, with the result of each by its key. It is interrupted where the server cannot
 * be reached, and can be stopped after the item that is under way.
 */
export const useOneByOne = <Key, Done extends string>() => {
  const [results, setResults] = useState<ReadonlyMap<Key, Each<Done>>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const [isInterrupted, setInterrupted] = useState(false);
  const stopping = useRef<AbortController>(undefined);

  const show = (key: Key, result: Each<Done>): void => setResults((known) => new Map(known).set(key, result));

  const run = async <Item>(
    items: readonly Item[],
    keyOf: (item: Item) => Key,
    work: (item: Item) => Promise<Failed | { readonly kind: Done }>,
  ): Promise<void> => {
    const { signal } = (stopping.current = new AbortController());
    setInterrupted(false);
    setResults(new Map());
    setRunning(true);
    for (const item of items) {
      show(keyOf(item), { kind: 'running' });
      const result = await patiently<Failed | { readonly kind: Done }>(() => work(item), signal);
      show(keyOf(item), result);
      if (signal.aborted || ('problem' in result && result.problem.code === 'UNREACHABLE')) {
        setInterrupted(true);
        break;
      }
    }
    setRunning(false);
  };

  return { results, isRunning, isInterrupted, run, stop: () => stopping.current?.abort() };
};

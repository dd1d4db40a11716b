import { useRef, useState } from 'react';
import type { Problem } from '../api';
import { askPatiently } from '../api/wait';

type Running = { readonly kind: 'running' };
type Failed = { readonly kind: 'failed'; readonly problem: Problem };

/** The outcome of one item of many. */
export type Each<Done extends string> = Running | Failed | { readonly kind: Done };

const isBusy = (result: Each<string>): boolean =>
  'problem' in result && result.problem.code === 'RATE_LIMITED';

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
      const result = await askPatiently(() => work(item), isBusy, signal);
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

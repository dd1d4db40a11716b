import { Wake } from '../../../platform/clock';
import type { Position } from '../../../platform/event-store';
import type { Changes, Listening } from './change-feed';

/** A state, and the position of its last change. */
export type StateAt<Payload> = { readonly position: Position; readonly payload: Payload };

/** The current states in the order of positions, and the documents (`<collection>/<id>`) to watch for changes. */
export type Snapshot<Payload> = {
  readonly states: readonly StateAt<Payload>[];
  readonly watch: readonly string[];
  /** Whether nothing will follow, because the viewer may not read it any more. */
  readonly isOver?: boolean;
};

/**
 * Yields each state that is newer than `after`: the current one, and each later one. Only the newest state is kept for
 * a slow reader, so that a slow reader costs no memory. Nothing is lost, because each state includes all earlier
 * changes.
 *
 * @param read - called at the start and after each change.
 */
export const follow = <Payload>(
  changes: Pick<Changes, 'listen'>,
  after: Position | undefined,
  first: readonly string[],
  read: () => Promise<Snapshot<Payload>>,
): AsyncIterableIterator<Payload> => {
  const changed = new Wake();
  const stopping = new AbortController();
  const watched = new Map<string, Listening>();

  const watch = (names: readonly string[]): void => {
    for (const name of names) {
      if (watched.has(name)) continue;
      watched.set(
        name,
        changes.listen(name, () => changed.call()),
      );
      // Changes before the subscription were not announced.
      changed.call();
    }
  };

  async function* run(): AsyncGenerator<Payload, void, undefined> {
    let last = after;
    try {
      watch(first);
      changed.call();
      for (;;) {
        await changed.sleep();
        if (stopping.signal.aborted) return;
        const { states, watch: names, isOver } = await read();
        if (isOver === true) return;
        watch(names);
        for (const { position, payload } of states) {
          if (last !== undefined && position <= last) continue;
          last = position;
          yield payload;
        }
      }
    } finally {
      for (const listening of watched.values()) listening.stop();
    }
  }

  const steps = run();
  const stop = (): void => {
    stopping.abort();
    changed.call();
  };
  return {
    next: () => steps.next(),
    // A generator that waits can't be ended from outside: it is woken, and ends itself.
    return: () => {
      stop();
      return steps.return();
    },
    throw: (error: unknown) => {
      stop();
      return steps.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

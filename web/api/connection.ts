import { observable, useObservable } from './observable';

/** `offline`: the last request did not reach the server; `slow`: one is under way for long. */
export type Connection = 'online' | 'slow' | 'offline';

const SLOW_AFTER_MS = 3_000;

const reached = observable<'online' | 'offline'>(navigator.onLine ? 'online' : 'offline');
const slowRequests = observable(0);

export const reportConnection = reached.set;

const LOOK_AFTER_MS = 2_000;
const ANSWER_MS_MAX = 5_000;

const answers = async (): Promise<boolean> => {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    return (await fetch('/health/live', { cache: 'no-store', signal })).ok;
  } catch {
    return false;
  }
};

// A page may have nothing to request, so the return of the server is looked for.
let isLooking = false;
const look = async (): Promise<void> => {
  if (reached.get() === 'offline' && (await answers())) reached.set('online');
  isLooking = reached.get() === 'offline';
  if (isLooking) setTimeout(() => void look(), LOOK_AFTER_MS);
};
reached.subscribe(() => {
  if (isLooking || reached.get() !== 'offline') return;
  isLooking = true;
  setTimeout(() => void look(), LOOK_AFTER_MS);
});

const untilReached = (): Promise<void> =>
  new Promise((resolve) => {
    if (reached.get() === 'online') return resolve();
    const stop = reached.subscribe(() => {
      if (reached.get() !== 'online') return;
      stop();
      resolve();
    });
  });

/**
 * Loads a part of the pages; if the server cannot be reached, as soon as it can.
 *
 * @throws what `load` threw, where the server is there: it is of another build, which has no such file.
 */
export const loadWhenReached = async <Module>(load: () => Promise<Module>): Promise<Module> => {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (await answers()) throw error;
      reached.set('offline');
      await untilReached();
    }
  }
};

/** Whether the last request reached the server. */
export const useIsReached = (): boolean => useObservable(reached) === 'online';

/** Reports the requests of `send` that take long, until they are answered. */
export const reportSlow = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
  let answered = (): void => undefined;
  const timer = setTimeout(() => {
    slowRequests.set(slowRequests.get() + 1);
    answered = () => slowRequests.set(slowRequests.get() - 1);
  }, SLOW_AFTER_MS);
  try {
    return await send();
  } finally {
    clearTimeout(timer);
    answered();
  }
};

export const useConnection = (): Connection => {
  const isSlow = useObservable(slowRequests) > 0;
  const connection = useObservable(reached);
  return isSlow && connection === 'online' ? 'slow' : connection;
};

addEventListener('offline', () => {
  reached.set('offline');
});
addEventListener('online', () => {
  reached.set('online');
});

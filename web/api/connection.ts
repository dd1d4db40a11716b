import { observable, useObservable } from './observable';

/** `offline`: the last request did not reach the server; `slow`: one is under way for long. */
export type Connection = 'online' | 'slow' | 'offline';

const SLOW_AFTER_MS = 3_000;

const reached = observable<'online' | 'offline'>(navigator.onLine ? 'online' : 'offline');
const slowRequests = observable(0);

export const reportConnection = reached.set;

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

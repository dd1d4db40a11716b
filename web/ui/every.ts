import { useEffect, useRef } from 'react';

/** Calls `action` now and then at an interval, while the page is visible. */
export const useEvery = (milliseconds: number, action: () => void): void => {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const run = (): void => {
      if (document.visibilityState === 'visible') latest.current();
    };
    run();
    const timer = setInterval(run, milliseconds);
    document.addEventListener('visibilitychange', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [milliseconds]);
};

import { useEffect, useRef } from 'react';

/** Calls `action` at an interval while the page is visible, and when it becomes visible again. */
export const useEvery = (milliseconds: number, action: () => void): void => {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const run = (): void => {
      if (document.visibilityState === 'visible') latest.current();
    };
    const timer = setInterval(run, milliseconds);
    document.addEventListener('visibilitychange', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [milliseconds]);
};

import { useEffect, useRef } from 'react';

/** Calls `run` every `everyMs` milliseconds while the page is visible. */
export const useRepeated = (run: () => void, everyMs: number): void => {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest.current();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
};

import type { Clock } from '../clock';

/** Caches an answer for `forMs` after it arrived, and runs one call at a time. A failure is not cached. */
export const briefly = <Answer>(
  clock: Clock,
  forMs: number,
  ask: () => Promise<Answer>,
): (() => Promise<Answer>) => {
  let underWay: Promise<Answer> | undefined;
  let last: { readonly answer: Answer; readonly untilMs: number } | undefined;

  const askAnew = async (): Promise<Answer> => {
    try {
      const answer = await ask();
      last = { answer, untilMs: clock.monotonicMs() + forMs };
      return answer;
    } finally {
      underWay = undefined;
    }
  };

  return async () => {
    if (last && clock.monotonicMs() < last.untilMs) return last.answer;
    underWay ??= askAnew();
    return underWay;
  };
};

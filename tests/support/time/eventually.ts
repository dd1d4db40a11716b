const PAUSE_MS_MIN = 2;
const PAUSE_MS_MAX = 50;

/**
 * Waits until the condition holds. The pauses between two looks grow, so that looking takes no time from what is waited for.
 *
 * @throws Error when it does not hold within `timeoutMs`.
 */
export const eventually = async (
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> => {
  const giveUpAt = performance.now() + timeoutMs;
  for (let pauseMs = PAUSE_MS_MIN; !(await condition()); pauseMs = Math.min(pauseMs * 1.5, PAUSE_MS_MAX)) {
    if (performance.now() > giveUpAt)
      throw new Error(`Still not so after ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};

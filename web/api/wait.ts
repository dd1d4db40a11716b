export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const LATER_MS = 1_000;
const ATTEMPTS_MAX = 30;

/** Asks again, for half a minute, while the server has no time. @returns the last answer. */
export const askPatiently = async <Answer>(
  ask: () => Promise<Answer>,
  isBusy: (answer: Answer) => boolean,
  signal?: AbortSignal,
): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (!isBusy(answer) || attempt === ATTEMPTS_MAX || signal?.aborted === true) return answer;
    await wait(LATER_MS);
  }
};

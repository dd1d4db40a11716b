/** Runs the work of one key once at a time: callers during the run get the same result. */
export const singleFlight = <Result>(): ((key: string, work: () => Promise<Result>) => Promise<Result>) => {
  const running = new Map<string, Promise<Result>>();
  return (key, work) => {
    const joined = running.get(key);
    if (joined) return joined;
    const started = work().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
};

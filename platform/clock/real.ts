import { randomBytes } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { instantOf } from '../../domain/kernel';
import type { Clock, Random } from './clock';

export const realClock: Clock = {
  now: () => instantOf(Date.now()),
  monotonicMs: () => performance.now(),
  after: (delay, action) => {
    const timer = setTimeout(action, delay);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  sleep: async (delay, signal) => {
    await sleepFor(delay, undefined, signal ? { signal } : {});
  },
};

export const realRandom: Random = {
  next: () => Math.random(),
  bytes: (length) => randomBytes(length),
};

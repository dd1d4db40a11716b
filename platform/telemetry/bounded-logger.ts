import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Logger } from './logger';

const LINES_MAX = 20;
const WINDOW_MS = 10_000 as Millis;

type Level = 'debug' | 'info' | 'warn' | 'error';
type Window = { lines: number; dropped: number };

/**
 * Limits a logger for code that can repeat a line without end: retry loops, and lines that clients can cause. It writes
 * 20 lines of each message in 10 s, and then one line with the number of the others (`notLogged`). Lines at `debug` are
 * not limited.
 */
export const boundedLogger = (logger: Logger, clock: Clock): Logger => {
  // Messages are constants of the code, so there are few.
  const windows = new Map<string, Window>();

  const openWindow = (level: Level, message: string): Window => {
    const opened = { lines: 0, dropped: 0 };
    windows.set(message, opened);
    clock.after(WINDOW_MS, () => {
      windows.delete(message);
      if (opened.dropped > 0) logger[level]({ notLogged: opened.dropped }, message);
    });
    return opened;
  };

  const write =
    (level: Level) =>
    (facts: object, message: string): void => {
      const window = windows.get(message) ?? openWindow(level, message);
      if (window.lines >= LINES_MAX) {
        window.dropped += 1;
        return;
      }
      window.lines += 1;
      logger[level](facts, message);
    };

  return {
    debug: (facts, message) => logger.debug(facts, message),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (facts) => boundedLogger(logger.child(facts), clock),
  };
};

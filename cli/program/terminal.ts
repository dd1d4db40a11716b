import { clearLine, cursorTo } from 'node:readline';
import type { Environment } from '../../platform/config';
import type { Terminal } from './command';

const UP = '\u001b[A';
const CLEAR_LINE = '\u001b[2K';

/** Returns the terminal of the process: data on stdout, messages on stderr, progress only where stderr is a screen. */
export const processTerminal = (environment: Environment): Terminal => {
  // The reader may close its end, as `head` does; further output is then dropped.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const interactive = process.stderr.isTTY && environment['TERM'] !== 'dumb';
  let lineInProgress = false;
  const endProgress = (): void => {
    if (!lineInProgress) return;
    clearLine(process.stderr, 0);
    cursorTo(process.stderr, 0);
    lineInProgress = false;
  };
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => {
      endProgress();
      process.stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (!interactive) return;
      endProgress();
      process.stderr.write(line);
      lineInProgress = true;
    },
    redraw: (lines, above) => {
      endProgress();
      const text = lines.map((line) => `${CLEAR_LINE}${line}\n`).join('');
      process.stderr.write(`${UP.repeat(above)}${text}`);
    },
    interactive,
    colour: interactive && (environment['NO_COLOR'] ?? '') === '',
  };
};

/** Returns a progress bar for a narrow terminal: `[█████·····] 50 % 120/240 orders`. */
export const bar = (done: number, total: number, noun: string): string => {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * 24);
  return `[${'█'.repeat(filled)}${'·'.repeat(24 - filled)}] ${Math.floor(share * 100)} % ${done}/${total} ${noun}`;
};

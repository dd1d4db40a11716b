import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A TypeScript program of tests/support, run as a process of its own. */
export type Program = {
  readonly child: ChildProcess;
  /** The lines of its standard output. */
  readonly lines: AsyncIterator<string>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
};

export const startProgram = (name: string, ...args: readonly string[]): Program => {
  const hook = join(__dirname, 'typescript-hook.js');
  const child = spawn(process.execPath, ['-r', hook, join(__dirname, `${name}.ts`), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

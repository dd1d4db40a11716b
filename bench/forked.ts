import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..');
const typeScript = ['-r', join(root, 'tests/support/typescript-hook.js')];

/** A program of `bench/` in a process of its own, and its first message. */
export type Forked<Ready> = { readonly child: ChildProcess; readonly ready: Ready };

/**
 * Starts a program. @param file - below `bench/`; answers `cpu` with its processor time and ends when it is
 * disconnected.
 */
export const startForked = <Ready>(file: string, args: readonly string[]): Promise<Forked<Ready>> =>
  new Promise((resolve, reject) => {
    const child = fork(join(root, 'bench', file), args, {
      execArgv: file.endsWith('.ts') ? typeScript : [],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    child.once('message', (ready) => resolve({ child, ready: ready as Ready }));
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code}`)));
  });

export const stopForked = ({ child }: Pick<Forked<unknown>, 'child'>): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.disconnect();
  });

/** Returns the processor time of the process, in microseconds. */
export const cpuOfForked = ({ child }: Pick<Forked<unknown>, 'child'>): Promise<number> =>
  new Promise((resolve) => {
    child.once('message', ({ cpu }: { readonly cpu: NodeJS.CpuUsage }) => resolve(cpu.user + cpu.system));
    child.send('cpu');
  });

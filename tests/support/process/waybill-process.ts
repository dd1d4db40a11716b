import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../../platform/config';
import type { Addresses } from '../../../platform/data-directory';
import { anyPort, topSpeed } from './waybill';
import { eventually } from '../time/eventually';

const repository = join(__dirname, '..', '..', '..');
const START_WITHIN_MS = 120_000;

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

const sources = ['-r', join(__dirname, '..', 'typescript-hook.js'), join(repository, 'cli', 'main.ts')];

export type HowToRun = {
  /** A program that becomes the one it is given. */
  readonly wrapper?: readonly string[];
  /** The arguments of node, unless it runs the sources. */
  readonly program?: readonly string[];
};

/** `waybill <args>` as a separate process, which can be killed or stopped. */
export class WaybillProcess {
  private said = '';
  private printed = '';
  readonly ended: Promise<Ended>;
  private isEnded = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-20_000)));
    child.stdout?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.isEnded = true;
        resolve({ code, signal });
      });
    });
  }

  static spawn(
    directory: string,
    environment: Environment = topSpeed,
    args: readonly string[] = ['start'],
    { wrapper = [], program = sources }: HowToRun = {},
  ): WaybillProcess {
    const command = [...wrapper, process.execPath, ...program, ...args];
    const child = spawn(command[0] ?? '', command.slice(1), {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        ...anyPort,
        WAYBILL_LOG_LEVEL: 'error',
        ...environment,
        WAYBILL_DATA_DIR: directory,
      },
    });
    return new WaybillProcess(child, directory);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('It could not be started');
    return this.child.pid;
  }

  /** The latest 20,000 characters of standard error. */
  get talk(): string {
    return this.said;
  }

  /** The standard output. */
  get data(): string {
    return this.printed;
  }

  /** The addresses that it tells with `--json`, once it serves. */
  async addresses(): Promise<Addresses> {
    await eventually(() => Promise.resolve(this.isEnded || this.printed.includes('\n')), START_WITHIN_MS);
    if (this.isEnded) throw new Error(`It ended before it served: ${this.said}`);
    return JSON.parse(this.printed) as Addresses;
  }

  /** Resolves to its URL once it serves, or to undefined when it ended before. */
  async ready(): Promise<string | undefined> {
    let url: string | undefined;
    await eventually(async () => {
      if (this.isEnded) return true;
      url = await this.addressOf();
      return url !== undefined;
    }, START_WITHIN_MS);
    return url;
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Holds it as it is, timers and all, until `goOn`. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.child.kill('SIGCONT');
  }

  private async addressOf(): Promise<string | undefined> {
    // It greets when it serves; the file alone may be what a killed one left.
    if (!/Waybill (?:is ready|serves) after/.test(this.said)) return undefined;
    const text = await readFile(join(this.directory, 'addresses.json'), 'utf8');
    return (JSON.parse(text) as Addresses).http;
  }
}

import { Fault } from '../../../platform/faults';
import { serveCalls } from '../../../platform/worker';

/** A worker for its specs: it answers, refuses, dies and stalls on demand. */
export type EchoCalls = {
  readonly echo: (request: { readonly text: string }) => string;
  readonly about: (request: Record<string, never>) => About;
  readonly full: (request: Record<string, never>) => never;
  readonly crash: (request: Record<string, never>) => never;
  readonly die: (request: Record<string, never>) => never;
  readonly stall: (request: { readonly ms: number }) => string;
};

/** The part of a process that other users of the machine can see. */
export type About = {
  readonly pid: number;
  readonly args: readonly string[];
  readonly environment: readonly string[];
};

type Greeting = { readonly greeting: string; readonly refuse?: boolean };

serveCalls<EchoCalls>(({ greeting, refuse }: Greeting) => {
  if (refuse === true) throw new Fault('STORE_CORRUPT', 'cannot be opened');
  return {
    calls: {
      echo: ({ text }) => `${greeting} ${text}`,
      about: () => ({
        pid: process.pid,
        args: [...process.execArgv, ...process.argv],
        environment: Object.keys(process.env),
      }),
      full: () => {
        throw new Fault('STORE_FULL', 'no room');
      },
      crash: () => {
        throw new TypeError('a bug');
      },
      die: () => process.exit(3),
      stall: ({ ms }) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
        return 'at last';
      },
    },
    close: () => undefined,
  };
});

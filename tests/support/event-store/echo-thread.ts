import { Fault } from '../../../platform/faults';
import { serveCalls } from '../../../platform/worker';

/** A thread for the worker specs: it answers, refuses, dies and stalls on demand. */
export type EchoCalls = {
  readonly echo: (request: { readonly text: string }) => string;
  readonly full: (request: Record<string, never>) => never;
  readonly crash: (request: Record<string, never>) => never;
  readonly die: (request: Record<string, never>) => never;
  readonly stall: (request: { readonly ms: number }) => string;
};

type Greeting = { readonly greeting: string; readonly refuse?: boolean };

serveCalls<EchoCalls>(({ greeting, refuse }: Greeting) => {
  if (refuse === true) throw new Fault('STORE_CORRUPT', 'cannot be opened');
  return {
    calls: {
      echo: ({ text }) => `${greeting} ${text}`,
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

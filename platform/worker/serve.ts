import { parentPort, workerData } from 'node:worker_threads';
import type { Calls, Question, Reply } from './calls';
import { failureOf } from './failure';

/** The service of a worker: one synchronous function a call, and a function that releases its resources. */
export type Service<Protocol extends Calls> = {
  readonly calls: Protocol;
  readonly close: () => void;
};

/** The worker's connection to its owner. */
type Owner = {
  readonly reply: (reply: Reply) => void;
  readonly onQuestion: (handle: (question: Question) => void) => void;
  /** Lets the worker end. */
  readonly leave: () => void;
};

/** Opens the service, answers one call after the other, and closes on request. */
const serve = <Protocol extends Calls>(
  open: (data: never) => Service<Protocol>,
  data: unknown,
  { reply, onQuestion, leave }: Owner,
): void => {
  let service: Service<Protocol>;
  try {
    service = open(data as never);
  } catch (error) {
    reply({ kind: 'failed', failure: failureOf(error) });
    leave();
    return;
  }

  const answer = (id: number, name: string, request: unknown): void => {
    try {
      const call = service.calls[name] as ((request: unknown) => unknown) | undefined;
      if (call === undefined) throw new Error(`The worker has no call "${name}"`);
      reply({ kind: 'answer', id, answer: call(request) });
    } catch (error) {
      reply({ kind: 'refusal', id, failure: failureOf(error) });
    }
  };

  onQuestion((question) => {
    if (question.kind === 'call') answer(question.id, question.name, question.request);
    else {
      service.close();
      reply({ kind: 'closed' });
      leave();
    }
  });
  reply({ kind: 'ready' });
};

/** Signals that a terminal or a supervisor sends to all processes of a program. The owner decides when its worker ends. */
const ownersSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const serveOwnerProcess = <Protocol extends Calls>(open: (data: never) => Service<Protocol>): void => {
  for (const signal of ownersSignals) process.on(signal, () => undefined);
  // The service holds no handle that ends by itself, and an owner that was killed sends no request to close.
  process.once('disconnect', () => process.exit());
  process.once('message', ({ data }: { readonly data: unknown }) =>
    serve(open, data, {
      reply: (reply) => void process.send?.(reply),
      onQuestion: (handle) => process.on('message', handle),
      leave: () => process.disconnect(),
    }),
  );
};

/**
 * Runs the main module of a worker, a thread or a process: opens the service with the data of `startWorker`, answers one call
 * after the other, and closes on request.
 */
export const serveCalls = <Protocol extends Calls>(open: (data: never) => Service<Protocol>): void => {
  const port = parentPort;
  if (port !== null)
    serve(open, workerData, {
      reply: (reply) => port.postMessage(reply),
      onQuestion: (handle) => port.on('message', handle),
      leave: () => port.close(),
    });
  else if (process.send !== undefined) serveOwnerProcess(open);
  else throw new Error('serveCalls runs in a worker only');
};

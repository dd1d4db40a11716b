import { parentPort, workerData } from 'node:worker_threads';
import type { Calls, Question, Reply } from './calls';
import { failureOf } from './failure';

/** The service of a thread: one synchronous function a call, and a function that releases its resources. */
export type Service<Protocol extends Calls> = {
  readonly calls: Protocol;
  readonly close: () => void;
};

/**
 * Runs the main module of a thread: opens the service with the data of `startWorker`, answers one call after the other,
 * and closes on request.
 */
export const serveCalls = <Protocol extends Calls>(open: (data: never) => Service<Protocol>): void => {
  const port = parentPort;
  if (port === null) throw new Error('serveCalls runs in a worker thread only');
  const reply = (message: Reply): void => port.postMessage(message);

  let service: Service<Protocol>;
  try {
    service = open(workerData as never);
  } catch (error) {
    reply({ kind: 'failed', failure: failureOf(error) });
    port.close();
    return;
  }

  const answer = (id: number, name: string, request: unknown): void => {
    try {
      const call = service.calls[name] as ((request: unknown) => unknown) | undefined;
      if (call === undefined) throw new Error(`The thread has no call "${name}"`);
      reply({ kind: 'answer', id, answer: call(request) });
    } catch (error) {
      reply({ kind: 'refusal', id, failure: failureOf(error) });
    }
  };

  port.on('message', (question: Question) => {
    if (question.kind === 'call') answer(question.id, question.name, question.request);
    else {
      service.close();
      reply({ kind: 'closed' });
      port.close();
    }
  });
  reply({ kind: 'ready' });
};

import { Worker } from 'node:worker_threads';
import type { Reply } from './calls';
import type { StartLink } from './link';
import { moduleOf } from './typescript';

/**
 * A thread keeps little beyond a call. V8 would give its young objects up to 48 MiB, which it fills before it collects any.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** Starts a thread of this process. */
export const startThread: StartLink = ({ entry, data, name }, { onReply, onEnd }) => {
  const { file, execArgv } = moduleOf(entry);
  const thread = new Worker(file, { workerData: data, name, execArgv, resourceLimits });
  let error: Error | undefined;
  thread.on('message', (reply: Reply) => onReply(reply));
  thread.on('error', (reason) => (error = reason));
  thread.once('exit', (code) => onEnd(String(code), error));
  return {
    post: (question) => thread.postMessage(question),
    ref: () => thread.ref(),
    unref: () => thread.unref(),
    kill: () => void thread.terminate(),
  };
};

import { fork } from 'node:child_process';
import type { Reply } from './calls';
import type { StartLink } from './link';
import { moduleOf } from './typescript';

/** The variables that a program needs to be loaded. All else, such as secrets, stays with the owner. */
const inherited = ['LD_LIBRARY_PATH', 'PATH', 'SystemRoot'] as const;

/**
 * Starts a process, whose memory and threads are its own. It ends with its owner, and gets its data by a message, because
 * other users of the machine can read arguments and sometimes the environment.
 */
export const startProcess: StartLink = ({ entry, data, name }, { onReply, onEnd }) => {
  const { file, execArgv = [] } = moduleOf(entry);
  const child = fork(file, [], {
    execArgv: [`--title=waybill: ${name}`, ...execArgv],
    env: Object.fromEntries(inherited.map((key) => [key, process.env[key]])),
    serialization: 'advanced',
    // Fatal errors of Node are all that it writes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let error: Error | undefined;
  let isOver = false;
  const end = (code: string): void => {
    if (isOver) return;
    isOver = true;
    onEnd(code, error);
  };
  child.on('message', (reply: Reply) => onReply(reply));
  child.on('error', (reason) => {
    error = reason;
    // A process that could not be started does not exit.
    if (child.pid === undefined) end('unknown');
  });
  child.once('exit', (code, signal) => end(signal ?? String(code)));
  // A message to a process that has just ended is lost, as the answer would be.
  const post = (message: object): void => void child.send(message, () => undefined);
  post({ kind: 'open', data });
  return {
    post,
    ref: () => {
      child.ref();
      child.channel?.ref();
    },
    unref: () => {
      child.unref();
      child.channel?.unref();
    },
    kill: () => void child.kill('SIGKILL'),
  };
};

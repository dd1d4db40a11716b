import { realClock } from '../platform/clock';
import type { Addresses } from '../platform/data-directory';
import type { Logger } from '../platform/telemetry';
import { exitCodes, type ExitCode, type Invocation } from './command';
import { ShutdownSequence } from './composition/shutdown-sequence';
import { untilStopped } from './until-stopped';

/** What a command that serves has to say once it does. */
export type Served = { readonly addresses: Addresses; readonly greeting: string };

/**
 * Serves until it is told to stop. Whatever was opened by then is closed, also when the rest could not be.
 *
 * @param json - tells the addresses on standard output, as one line of JSON.
 */
export const serve = async (
  { terminal, signal }: Invocation,
  { logger, json }: { readonly logger: Logger; readonly json: boolean },
  open: (closers: ShutdownSequence) => Promise<Served>,
): Promise<ExitCode> => {
  const closers = new ShutdownSequence(realClock, logger);
  try {
    const { addresses, greeting } = await open(closers);
    if (json) terminal.out(JSON.stringify(addresses));
    terminal.err(greeting);
    await untilStopped(signal);
  } finally {
    await closers.closeAll();
  }
  return exitCodes.ok;
};

import { realClock } from '../../platform/clock';
import type { Addresses } from '../../platform/data-directory';
import type { Logger } from '../../platform/telemetry';
import { exitCodes, type ExitCode, type Invocation } from './command';
import { ShutdownSequence } from '../../platform/shutdown';
import { untilStopped } from './until-stopped';

/** The greeting and the addresses that a command prints once it serves. */
export type Served = { readonly addresses: Addresses; readonly greeting: string };

/**
 * Serves until the signal aborts, then closes everything. Also closes what was opened when a later step fails.
 *
 * @param json - prints the addresses on standard output, as one line of JSON.
 */
export const serve = async (
  { terminal, signal }: Invocation,
  { logger, json }: { readonly logger: Logger; readonly json: boolean },
  open: (shutdown: ShutdownSequence) => Promise<Served>,
): Promise<ExitCode> => {
  const shutdown = new ShutdownSequence(realClock, logger);
  try {
    const { addresses, greeting } = await open(shutdown);
    if (json) terminal.out(JSON.stringify(addresses));
    terminal.err(greeting);
    await untilStopped(signal);
  } finally {
    await shutdown.closeAll();
  }
  return exitCodes.ok;
};

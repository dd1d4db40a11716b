import { realClock, realRandom, type Clock, type Random } from '../../platform/clock';
import type { Config } from '../../platform/config';
import { boundedLogger, createLogger, type Logger } from '../../platform/telemetry';

/** The clock, the source of randomness and the logger of a process. */
export type Runtime = { readonly clock: Clock; readonly random: Random; readonly logger: Logger };

/** Returns the runtime of a command. Its logger limits lines that repeat. */
export const realRuntime = ({ logLevel }: Pick<Config, 'logLevel'>): Runtime => ({
  clock: realClock,
  random: realRandom,
  logger: boundedLogger(createLogger(logLevel), realClock),
});

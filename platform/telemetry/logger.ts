import pino, { type DestinationStream } from 'pino';
import pretty, { type PrettyOptions } from 'pino-pretty';
import { shownInJson } from '../visible-text';
import { currentTraceId } from './tracing';

/** What the platform logs through: pino's shape, facts first, then one sentence. Never a secret. */
export interface Logger {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): Logger;
}

/** Names under which secrets travel; whatever a caller logs by accident under one of them is blotted out. */
const secretNames = [
  'password',
  'passwordHash',
  'authorization',
  'accessToken',
  'refreshToken',
  'token',
  'secret',
  'cookie',
];
const redact = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** How people are shown a line: the time, the sentence, then the facts, with control characters written as `\u001b`. */
export const readable = (options: PrettyOptions): DestinationStream => {
  const lines = pretty({ sync: true, singleLine: true, translateTime: 'SYS:HH:MM:ss.l', ...options });
  // A partner's words must not act on the terminal of who reads the log.
  return { write: (line) => void lines.write(shownInJson(line)) };
};

/** Standard output is for data. */
const standardError = (): DestinationStream =>
  process.stderr.isTTY
    ? readable({ destination: 2, colorize: !process.env['NO_COLOR'] })
    : pino.destination({ dest: 2, sync: true });

/**
 * JSON lines, each with the trace id of the active span; for people where standard error is a terminal.
 *
 * @param destination - defaults to standard error.
 */
export const createLogger = (
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent',
  destination: DestinationStream = standardError(),
): Logger =>
  pino(
    {
      level,
      base: null,
      // Errors have no enumerable text of their own.
      serializers: { error: pino.stdSerializers.err },
      redact: { paths: redact, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const traceId = currentTraceId();
        return traceId === undefined ? {} : { traceId };
      },
    },
    destination,
  );

/** For tests and tools that have nothing to say. */
export const silentLogger: Logger = createLogger('silent', { write: () => undefined });

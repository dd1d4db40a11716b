import pino, { type DestinationStream } from 'pino';
import pretty, { type PrettyOptions } from 'pino-pretty';
import { shownInJson } from '../visible-text';
import { currentTraceId } from './tracing';

/** The platform's log: pino's interface, figures first, then one sentence. Never a secret. */
export interface Logger {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): Logger;
}

/** Field names of secrets; a value that a caller logs under one of them by accident is redacted. */
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

/** Formats lines for people: the time, the sentence, then the figures, with control characters written as `\u001b`. */
export const readable = (options: PrettyOptions): DestinationStream => {
  const lines = pretty({ sync: true, singleLine: true, translateTime: 'SYS:HH:MM:ss.l', ...options });
  // Text of an outside system must not control the terminal of a reader.
  return { write: (line) => void lines.write(shownInJson(line)) };
};

/** Returns standard error as the destination; standard output is for data. */
const standardError = (): DestinationStream =>
  process.stderr.isTTY
    ? readable({ destination: 2, colorize: !process.env['NO_COLOR'] })
    : pino.destination({ dest: 2, sync: true });

/**
 * Creates a log of JSON lines, each with the trace id of the active span; of readable lines if standard error is a
 * terminal.
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
      // An Error has no enumerable fields.
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

/** A log without output, for tests and tools. */
export const silentLogger: Logger = createLogger('silent', { write: () => undefined });

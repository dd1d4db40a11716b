import {
  Client,
  credentials,
  Metadata,
  type ChannelCredentials,
  type ClientDuplexStream,
} from '@grpc/grpc-js';
import type { Clock, Random } from '../../platform/clock';
import { supervise } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';
import { bytesOfCommand, commandBatch, outcomeBatch, type CommandFrame, type OutcomeFrame } from './messages';
import { outbound } from './outbound';
import { bearer } from './token';

const METHOD = '/waybill.commands.v1.CommandStream/Open';

type Stream = ClientDuplexStream<
  { readonly commands: readonly CommandFrame[] },
  { readonly outcomes: readonly OutcomeFrame[] }
>;

/** TLS of the client. `authorities`: the certificate authorities, PEM; those that Node trusts if absent. */
export type ClientTls = { readonly authorities?: string | undefined };

export type LinkOptions = {
  readonly address: string;
  readonly token: string;
  readonly tls?: ClientTls | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The interval of keep-alive pings; without an answer within half as long again the stream counts as failed. */
  readonly keepaliveMs: number;
  readonly onOutcome: (outcome: OutcomeFrame) => void;
  readonly onUp: (link: Link) => void;
  /** Called when the link fails: its unanswered commands must be sent to another one. */
  readonly onDown: (link: Link) => void;
};

export type Link = {
  readonly address: string;
  readonly up: () => boolean;
  readonly send: (frame: CommandFrame) => void;
  readonly close: () => Promise<void>;
};

const credentialsOf = ({ tls }: LinkOptions): ChannelCredentials =>
  tls === undefined
    ? credentials.createInsecure()
    : credentials.createSsl(tls.authorities === undefined ? null : Buffer.from(tls.authorities));

/** Returns the same bytes without a copy. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const openStream = (client: Client, token: string): Stream => {
  const metadata = new Metadata({ waitForReady: true });
  metadata.set('authorization', bearer(token));
  return client.makeBidiStreamRequest(
    METHOD,
    (batch: { readonly commands: readonly CommandFrame[] }) => bufferOf(commandBatch.encode(batch)),
    (bytes: Buffer) => outcomeBatch.decode(bytes),
    metadata,
  );
};

/**
 * Opens one long-lived stream to one command server, and reopens it with jittered back-off until the link is closed.
 */
export const openLink = (options: LinkOptions): Link => {
  const { address, token, clock, random, logger } = options;
  const stop = new AbortController();
  const client = new Client(address, credentialsOf(options), {
    'grpc.keepalive_time_ms': options.keepaliveMs,
    'grpc.keepalive_timeout_ms': options.keepaliveMs / 2,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2_000,
  });
  let sendNow: ((frame: CommandFrame) => void) | undefined;

  const runOnce = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stream = openStream(client, token);
      const cancel = (): void => stream.cancel();
      let over = false;
      const finish = (error?: Error): void => {
        // An end may be followed by an error when another stream is already open.
        if (over) return;
        over = true;
        signal.removeEventListener('abort', cancel);
        sendNow = undefined;
        options.onDown(link);
        if (error) reject(error);
        else resolve();
      };
      signal.addEventListener('abort', cancel);
      // The server's metadata comes at once when the stream is open; before that nothing is sent.
      stream.on('metadata', () => {
        sendNow = outbound<CommandFrame>(stream, {
          pack: (commands) => ({ commands }),
          bytesOf: bytesOfCommand,
        }).send;
        options.onUp(link);
      });
      stream.on('data', ({ outcomes }: { readonly outcomes: readonly OutcomeFrame[] }) =>
        outcomes.forEach((outcome) => options.onOutcome(outcome)),
      );
      stream.on('error', finish);
      stream.on('end', () => {
        stream.end();
        finish();
      });
    });

  const running = supervise(runOnce, {
    clock,
    random,
    backoff: { baseMs: 50, factor: 2, maxMs: 2_000 },
    signal: stop.signal,
    onFailure: (error, attempt) => {
      if (attempt % 10 === 0)
        logger.warn({ address, reason: String(error) }, 'No stream to the command server; trying again.');
    },
  });

  const link: Link = {
    address,
    up: () => sendNow !== undefined,
    send: (frame) => sendNow?.(frame),
    close: async () => {
      stop.abort();
      await running;
      client.close();
    },
  };
  return link;
};

import type { MongoClient } from 'mongodb';
import type { Millis } from '../../../domain/kernel';
import type { Clock, Timer } from '../../clock';
import type { Logger } from '../../telemetry';

const MARGIN_MS = 500;

/**
 * Closes a client whose monitor has waited for an answer for longer than an answer may take; `connect` then opens it
 * again. Without this, the client never finds its server again: while the server's connections close, the
 * monitor of the driver (7.9) may write to a socket that is destroyed and has not said so yet. It then waits for the
 * socket's buffer to drain, without a time limit.
 */
export const closeWhenSilent = (client: MongoClient, clock: Clock, logger: Logger): void => {
  const { connectTimeoutMS, heartbeatFrequencyMS } = client.options;
  const checks = new Map<string, Timer>();
  const end = (address: string): void => {
    checks.get(address)?.cancel();
    checks.delete(address);
  };
  const endAll = (): void => [...checks.keys()].forEach(end);
  const close = (address: string): void => {
    logger.warn({ address }, "The MongoDB driver's monitor is silent; its connections are opened again");
    client.close().catch((error: unknown) => logger.debug({ error }, 'The MongoDB client did not close'));
  };
  client.on('serverHeartbeatStarted', ({ connectionId: address, awaited }) => {
    end(address);
    // A server answers an awaited check when something changes, or after the time between two checks.
    const answerMs = awaited ? heartbeatFrequencyMS : connectTimeoutMS;
    const withinMs = (answerMs + connectTimeoutMS + MARGIN_MS) as Millis;
    checks.set(
      address,
      clock.after(withinMs, () => close(address)),
    );
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => end(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => end(connectionId));
  client.on('serverClosed', ({ address }) => end(address));
  client.on('topologyClosed', endAll);
};

import type { Metadata } from './event-store';

/**
 * Returns the data of an event that another client of a shared store wrote. It may be bytes or bare values, with other
 * metadata; readers of the port still get an object with complete metadata, and the store keeps every byte.
 */
export const foreignData = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { $value: value };

export const foreignBytes = (bytes: Uint8Array): object => ({
  $base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
});

const isOurs = (metadata: unknown): metadata is Metadata =>
  typeof metadata === 'object' && metadata !== null && 'schema' in metadata && 'actor' in metadata;

/** @param id - of the event, which replaces the ids that its writer did not provide. */
export const completeMetadata = (metadata: unknown, id: string): Metadata =>
  isOurs(metadata)
    ? metadata
    : {
        $correlationId: id,
        $causationId: id,
        actor: 'system:foreign',
        schema: 1,
        ...(typeof metadata === 'object' ? metadata : {}),
      };

/**
 * Tests for the store's own events (links, stream metadata, checkpoints), which are not among all events. The type
 * alone does not decide: a checkpoint of a consumer group may be a `SubscriptionCheckpoint` in a stream `$…`.
 */
export const isSystemEvent = ({
  type,
  stream,
}: {
  readonly type: string;
  readonly stream: string;
}): boolean => type.startsWith('$') || stream.startsWith('$');

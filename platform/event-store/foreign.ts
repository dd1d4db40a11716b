import type { Metadata } from './event-store';

/**
 * Other clients of a shared store may write what the platform never would: bytes, bare values, metadata of their own. Readers
 * of the port still find an object with its metadata complete; the store itself keeps every byte as it was.
 */
export const foreignData = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { $value: value };

export const foreignBytes = (bytes: Uint8Array): object => ({
  $base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
});

const isOurs = (metadata: unknown): metadata is Metadata =>
  typeof metadata === 'object' && metadata !== null && 'schema' in metadata && 'actor' in metadata;

/** @param id - of the event, which stands in for the ids that its writer did not give. */
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
 * Returns whether a store keeps an event for itself (links, stream metadata, checkpoints); such events are not shown among all
 * events. The type alone does not tell: a checkpoint of a consumer group may be a `SubscriptionCheckpoint` in a stream `$…`.
 */
export const isSystemEvent = ({
  type,
  stream,
}: {
  readonly type: string;
  readonly stream: string;
}): boolean => type.startsWith('$') || stream.startsWith('$');

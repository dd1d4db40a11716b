import { status } from '@grpc/grpc-js';
import { streamsService } from '../../../gateways/eventstoredb/services';
import {
  failure,
  name,
  newStream,
  proposed,
  readOptions,
  trailers,
  withPlainMessages,
} from './eventstore-messages';
import type { Message } from './eventstore-messages';

/** Short forms to ask a server of EventStoreDB's protocol by, and to tell its answers by. */

export const ANY = { any: {} };
export const NO_STREAM = { noStream: {} };
export const EXISTS = { streamExists: {} };
export const GREATEST = { low: -1, high: -1, unsigned: true };
export const SOFT = '{"$tb":9223372036854775807}';

export const to = (stream: string, expected: Message): Message => ({
  options: { streamIdentifier: name(stream), ...expected },
});
export const ofData = (data: string | Buffer, type = 'Weighed', contentType = 'application/json'): Message =>
  proposed(undefined, { data: Buffer.from(data), metadata: { type, 'content-type': contentType } });
export type Recorded = {
  readonly streamRevision: unknown;
  readonly data: Buffer;
  readonly metadata: Record<string, string>;
};
export type Event = { readonly event: Recorded | null; readonly link: Recorded | null };

/** One word an answer: a revision, or what else it says. */
export const shown = (answer: Message): string => {
  const { event, streamNotFound, firstStreamPosition, lastStreamPosition } = answer as Record<
    string,
    unknown
  > & {
    event?: Event | null;
  };
  if (event?.event)
    return `${event.link ? `${String(event.link.streamRevision)}→` : ''}${String(event.event.streamRevision)}`;
  if (event?.link) return `${String(event.link.streamRevision)}→nothing`;
  if (streamNotFound) return 'not found';
  const [which, place] =
    answer['content'] === 'firstStreamPosition'
      ? ['first', firstStreamPosition]
      : ['last', lastStreamPosition];
  return `${which}=${String(place)}`;
};

export const failed = async (answer: Promise<unknown>): Promise<Message> => {
  const error = await failure(answer);
  const { exception, 'actual-version': actual, 'expected-version': expected } = trailers(error);
  return { code: error.code, exception, ...(actual === undefined ? {} : { actual, expected }) };
};
export const deleted = { code: status.FAILED_PRECONDITION, exception: 'stream-deleted' };
export const wrongVersion = (expected: string) => ({
  code: status.FAILED_PRECONDITION,
  exception: 'wrong-expected-version',
  actual: '-1',
  expected,
});
export const revisionOf = (answer: Message): string =>
  answer['success'] ? String((answer['success'] as Message)['currentRevision']) : 'wrong';

/** Registers hooks as `withPlainMessages` does. */
export const withQuestions = (options?: Parameters<typeof withPlainMessages>[0]) => {
  const plain = withPlainMessages(options);
  const { call, all, append, written } = plain;
  const at = (stream: string, expected: Message, ...events: readonly Message[]) =>
    append([to(stream, expected), ...events]);
  const setMetadata = (stream: string, json: string) => written(`$$${stream}`, ofData(json, '$metadata'));
  const remove = (method: 'Delete' | 'Tombstone', stream: string, expected: Message = ANY) =>
    call({ service: streamsService, method }, to(stream, expected));

  const readMessages = (stream: string, { from = { start: {} }, ...changes }: Message = {}) =>
    all(readOptions({ stream: { streamIdentifier: name(stream), ...(from as Message) }, ...changes }));
  const read = async (stream: string, options?: Message): Promise<string> =>
    (await readMessages(stream, options)).map(shown).join(' ');
  const dataOf = async (stream: string): Promise<readonly [string, string | undefined][]> =>
    (await readMessages(stream)).map((answer) => {
      const { event } = answer['event'] as Event;
      return [event?.data.toString('latin1') ?? '', event?.metadata['content-type']];
    });
  const three = async (): Promise<string> => {
    const stream = newStream();
    await written(stream, proposed(), proposed(), proposed());
    return stream;
  };
  return { ...plain, at, setMetadata, remove, readMessages, read, dataOf, three };
};

import { once } from 'node:events';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import {
  methodOf,
  name,
  newStream,
  proposed,
  trailers,
  withPlainMessages,
} from '../../tests/support/event-store/eventstore-messages';
import type { Message } from '../../tests/support/event-store/eventstore-messages';
import { streamsService } from './services';

/** The beginning and the end of a subscription to a stream, with those of its stream. */
const { clientOf, call, written } = withPlainMessages();

const follow = (stream: string) => {
  const request = {
    options: { stream: { streamIdentifier: name(stream), start: {} }, subscription: {}, noFilter: {} },
  };
  return clientOf().makeServerStreamRequest(
    ...methodOf(streamsService, 'Read'),
    request,
  ) as ClientReadableStream<Message>;
};
const remove = (method: 'Delete' | 'Tombstone', stream: string) =>
  call({ service: streamsService, method }, { options: { streamIdentifier: name(stream), any: {} } });

const shown = (answer: Message): string => {
  const event = (answer['event'] as { event: { streamRevision: unknown } } | null)?.event;
  return event ? String(event.streamRevision) : String(answer['content']);
};

/** Returns the answers to a subscription, and its end. `acts` run when that many answers have arrived. */
const told = async (stream: string, acts: Readonly<Record<number, () => unknown>>): Promise<unknown[]> => {
  const answers: string[] = [];
  const subscription = follow(stream);
  const ended = once(subscription, 'end').then(
    () => 'end',
    (error: unknown) => error as ServiceError,
  );
  subscription.on('data', (answer: Message) => {
    answers.push(shown(answer));
    void acts[answers.length]?.();
  });
  const end = await ended;
  if (typeof end === 'string') return [...answers, end];
  return [...answers, end.code, trailers(end)['exception']];
};

describe('a subscription to a stream', () => {
  it('gets the end of its stream, and ends with it', async () => {
    const stream = newStream();
    await written(stream, proposed(), proposed());
    expect(await told(stream, { 4: () => remove('Tombstone', stream) })).toEqual([
      'confirmation',
      '0',
      '1',
      'caughtUp',
      '9223372036854775807',
      status.FAILED_PRECONDITION,
      'stream-deleted',
    ]);
  });

  it('is refused before anything else where the stream is erased', async () => {
    const stream = newStream();
    await written(stream, proposed());
    await remove('Tombstone', stream);
    expect(await told(stream, {})).toEqual([status.FAILED_PRECONDITION, 'stream-deleted']);
  });

  it('has caught up only behind the first event of a stream that was not there', async () => {
    const stream = newStream();
    const answers = await told(stream, {
      1: () => written(stream, proposed()),
      3: () => remove('Tombstone', stream),
    });
    expect(answers.slice(0, 4)).toEqual(['confirmation', '0', 'caughtUp', '9223372036854775807']);
  });

  it('goes on through a deletion that is not for good', async () => {
    const stream = newStream();
    await written(stream, proposed());
    const answers = await told(stream, {
      3: () => remove('Delete', stream).then(() => written(stream, proposed())),
      4: () => remove('Tombstone', stream),
    });
    expect(answers.slice(0, 5)).toEqual(['confirmation', '0', 'caughtUp', '1', '9223372036854775807']);
  });
});

import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import {
  failure,
  name,
  newStream,
  proposed,
  readOptions,
  string,
  trailers,
} from '../../tests/support/event-store/eventstore-messages';
import type { Message } from '../../tests/support/event-store/eventstore-messages';
import {
  ANY,
  deleted,
  EXISTS,
  failed,
  GREATEST,
  NO_STREAM,
  ofData,
  revisionOf,
  shown,
  SOFT,
  withQuestions,
  wrongVersion,
} from '../../tests/support/event-store/eventstore-questions';
import type { Event } from '../../tests/support/event-store/eventstore-questions';

/**
 * The answers of EventStoreDB 23.10.8 to writers, without a client between. Deliberate differences are in the
 * reference.
 */
const { server, all, at, batch, dataOf, read, readMessages, remove, setMetadata, three, written } =
  withQuestions();

describe('an id', () => {
  const dashed = randomUUID();
  it.each([
    ['with dashes', dashed],
    ['without', dashed.replaceAll('-', '')],
    ['in braces', `{${dashed}}`],
    ['in parentheses', `(${dashed})`],
    ['in capitals', dashed.toUpperCase()],
    ['with blanks around', `  ${dashed}\n`],
  ])('is read %s', async (_, id) => {
    const stream = newStream();
    await written(stream, proposed(string(id)));
    const [answer] = await readMessages(stream);
    expect((answer?.['event'] as { event: { id: Message } }).event.id['string']).toBe(dashed);
  });

  it.each([`{${dashed}`, `{${dashed})`, `${dashed}0`, dashed.replace('-', ''), '', '0x1'])(
    'is refused as %j',
    async (id) => {
      const answer = failed(written(newStream(), proposed(string(id))));
      expect(await answer).toMatchObject({ code: status.INVALID_ARGUMENT });
    },
  );
});

describe('what is appended', () => {
  it('is returned byte for byte, with any content type', async () => {
    const stream = newStream();
    const odd = Buffer.from([0xfe, 0x00, 0x7b, 0xff]);
    await written(
      stream,
      ofData(odd),
      ofData('{"a":0}', 'Weighed', 'text/csv'),
      ofData(odd, 'Weighed', 'x/y'),
    );
    expect(await dataOf(stream)).toEqual([
      [odd.toString('latin1'), 'application/json'],
      ['{"a":0}', 'application/octet-stream'],
      [odd.toString('latin1'), 'application/octet-stream'],
    ]);
  });

  it.each([
    ['the name of a stream', () => written('quay\0-7', proposed())],
    ['a type', () => written(newStream(), ofData('{}', 'We\0ighed'))],
    ['the name of a stream to delete', () => remove('Delete', 'quay\0-7')],
    ['a name that is only the sign of metadata', () => written('$$', proposed())],
  ])('is refused with a NUL, or nothing, in %s', async (_, write) => {
    expect(await failed(write())).toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(await server().store.verify()).toMatchObject({ problems: [] });
  });

  it('is limited in its data, and only there', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024);
    const heavy = proposed(undefined, { data: mebibyte, customMetadata: Buffer.alloc(2 * 1024 * 1024) });
    expect(revisionOf(await written(newStream(), heavy))).toBe('0');
    const error = await failure(
      written(newStream(), proposed(undefined, { data: Buffer.alloc(9 * 1024 * 1024) })),
    );
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(trailers(error)).toMatchObject({
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': '1048576',
    });
  });
});

describe('a bad append in a batch', () => {
  const item = (changes: Message = {}): Message => ({
    options: { streamIdentifier: name(newStream()), ...ANY },
    proposedMessages: [proposed()['proposedMessage']],
    ...changes,
  });
  const event = (changes: Message) => [{ ...(proposed()['proposedMessage'] as Message), ...changes }];

  it.each([
    ['no name of a stream', { options: { streamIdentifier: name(''), ...ANY } }, 3, 'BadRequest'],
    ['a NUL in it', { options: { streamIdentifier: name('a\0b'), ...ANY } }, 3, 'BadRequest'],
    ['no expectation', { options: { streamIdentifier: name('trial-1') } }, 3, 'BadRequest'],
    ['no options', { options: null }, 3, 'BadRequest'],
    ['an id that is none', { proposedMessages: event({ id: string('zz') }) }, 3, 'BadRequest'],
    ['no metadata', { proposedMessages: event({ metadata: {} }) }, 3, 'BadRequest'],
    [
      '6 MiB of data',
      { proposedMessages: event({ data: Buffer.alloc(6 << 20) }) },
      3,
      'MaximumAppendSizeExceeded',
    ],
    [
      'a deadline that has passed',
      { options: { streamIdentifier: name('trial-late'), ...ANY, deadline: { seconds: 1, nanos: 0 } } },
      4,
      'Timeout',
    ],
  ])('is answered by itself (%s)', async (_, bad, code, detail) => {
    const answers = await batch([item(), item(bad), item()]);
    expect(answers.map(({ result }) => result)).toEqual(['success', 'error', 'success']);
    const { error } = answers[1] as { error: { code: number; details: { type_url: string } } };
    expect([error.code, error.details.type_url.split('.').at(-1)]).toEqual([code, detail]);
    expect(server().store.raw.standing('trial-late').revision).toBe(-1);
  });
});

describe('the revision that is expected', () => {
  it('is "no stream" as the greatest number there is', async () => {
    const stream = newStream();
    expect(revisionOf(await at(stream, { revision: GREATEST }, proposed()))).toBe('0');
    const { wrongExpectedVersion } = (await at(stream, { revision: GREATEST }, proposed())) as {
      wrongExpectedVersion: Message;
    };
    expect(String(wrongExpectedVersion['currentRevision'])).toBe('0');
    expect(String(wrongExpectedVersion['expectedRevision'])).toBe('18446744073709551615');
    const [success, error] = await batch(
      [newStream(), stream].map((each) => ({
        options: { streamIdentifier: name(each), streamPosition: GREATEST },
        proposedMessages: [proposed()['proposedMessage']],
      })),
    );
    expect([success?.['result'], error?.['result']]).toEqual(['success', 'error']);
    expect(String(error?.['streamPosition'])).toBe('18446744073709551615');
  });

  it('of an append of nothing is checked, and its answer has a place', async () => {
    const answer = (await at(newStream(), ANY)) as { success: Message };
    expect(answer.success).toMatchObject({ currentRevisionOption: 'noStream', positionOption: 'position' });
  });

  it('takes a stream for there that has only metadata', async () => {
    const stream = newStream();
    await setMetadata(stream, '{"a":1}');
    expect(await read(stream)).toBe('not found');
    expect(revisionOf(await at(stream, EXISTS, proposed()))).toBe('0');
  });
});

describe('one id twice', () => {
  it('in an append is written twice, and known again by its first place', async () => {
    const stream = newStream();
    const twin = proposed();
    expect(revisionOf(await at(stream, ANY, twin, twin))).toBe('1');
    expect(revisionOf(await at(stream, ANY, twin, twin))).toBe('0');
    expect(revisionOf(await at(stream, ANY, twin, twin))).toBe('0');
    expect(await read(stream)).toBe('0 1');
    const other = newStream();
    expect(revisionOf(await at(other, NO_STREAM, twin, twin))).toBe('1');
    expect(revisionOf(await at(other, NO_STREAM, twin, twin))).toBe('1');
  });

  it('behind a new one is written again', async () => {
    const stream = newStream();
    const known = proposed();
    await at(stream, ANY, known);
    expect(revisionOf(await at(stream, ANY, proposed(), known))).toBe('2');
    expect(revisionOf(await at(stream, ANY, known, proposed()))).toBe('wrong');
  });
});

describe('a stream that never was', () => {
  it.each([
    ['any', ANY, '-2'],
    ['no stream', NO_STREAM, '-1'],
    ['a stream', EXISTS, '-4'],
    ['the greatest revision', { revision: GREATEST }, '-1'],
  ])('cannot be deleted where %s is expected', async (_, expected, version) => {
    expect(await failed(remove('Delete', newStream(), expected))).toEqual(wrongVersion(version));
  });

  it('can be tombstoned unless it is expected to be there', async () => {
    for (const expected of [ANY, NO_STREAM]) {
      const stream = newStream();
      expect(await remove('Tombstone', stream, expected)).toHaveProperty('position');
      expect(await failed(read(stream))).toEqual(deleted);
    }
    expect(await failed(remove('Tombstone', newStream(), EXISTS))).toEqual(wrongVersion('-4'));
  });

  it('can be deleted where it has metadata', async () => {
    const stream = newStream();
    await setMetadata(stream, '{"a":1}');
    await remove('Delete', stream, EXISTS);
    expect(await failed(at(stream, EXISTS, proposed()))).toEqual(deleted);
  });
});

describe('a deleted stream', () => {
  const gone = async (): Promise<string> => {
    const stream = await three();
    await setMetadata(stream, '{"$maxCount":9,"kept":"no"}');
    await remove('Delete', stream);
    return stream;
  };

  it('has its end and nothing else for metadata', async () => {
    const stream = await gone();
    expect(await dataOf(`$$${stream}`)).toEqual([[SOFT, 'application/json']]);
    expect(await read(stream)).toBe('not found');
    expect(await failed(at(stream, EXISTS, proposed()))).toEqual(deleted);
    expect(await failed(remove('Delete', stream, EXISTS))).toEqual(deleted);
    await remove('Delete', stream);
  });

  it.each([ANY, NO_STREAM, { revision: 2 }])('begins again by an append at %j', async (expected) => {
    const stream = await gone();
    expect(revisionOf(await at(stream, expected, proposed()))).toBe('3');
    expect(await read(stream)).toBe('3');
  });

  it('is there again, and empty, by metadata', async () => {
    const stream = await gone();
    expect(revisionOf(await setMetadata(stream, '{"own":4}'))).toBe('2');
    expect(await dataOf(`$$${stream}`)).toEqual([['{"own":4,"$tb":3}', 'application/json']]);
    expect(await read(stream)).toBe('');
    expect(revisionOf(await at(stream, EXISTS, proposed()))).toBe('3');
  });

  it('stays deleted by metadata that says so', async () => {
    const stream = await gone();
    await setMetadata(stream, SOFT);
    expect(await read(stream)).toBe('not found');
  });

  it('is not brought back by an append that is sent once more', async () => {
    const stream = newStream();
    const event = proposed();
    await at(stream, NO_STREAM, event);
    await remove('Delete', stream);
    expect(revisionOf(await at(stream, NO_STREAM, event))).toBe('0');
    expect(await read(stream)).toBe('not found');
  });
});

describe('an erased stream', () => {
  it('takes its metadata with it', async () => {
    const stream = await three();
    await setMetadata(stream, '{"a":1}');
    await remove('Tombstone', stream);
    for (const each of [stream, `$$${stream}`]) {
      const error = await failure(read(each));
      expect(trailers(error)).toMatchObject({ exception: 'stream-deleted', 'stream-name': each });
    }
    expect(await failed(setMetadata(stream, '{}'))).toEqual(deleted);
    expect(await failed(remove('Delete', stream))).toEqual(deleted);
  });

  it('leaves its end among all events', async () => {
    const stream = await three();
    await remove('Tombstone', stream);
    const answers = await all(readOptions({ all: { end: {} }, count: 1, readDirection: 1 }));
    expect(answers.map(shown)).toEqual(['9223372036854775807']);
    expect((answers[0]?.['event'] as Event).event?.metadata['type']).toBe('$streamDeleted');
  });
});

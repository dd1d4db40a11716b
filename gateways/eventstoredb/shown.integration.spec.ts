import { instantOf } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { newStream } from '../../tests/support/event-store/eventstore-messages';
import type { Message } from '../../tests/support/event-store/eventstore-messages';
import { ofData, SOFT, withQuestions } from '../../tests/support/event-store/eventstore-questions';

/** The events that EventStoreDB 23.10.8 returns to readers of a stream and of links to it. */
let aheadMs = 0;
const clock = { ...realClock, now: () => instantOf(Date.now() + aheadMs) };
const { read, remove, setMetadata, three, written } = withQuestions({ clock });

describe('a read', () => {
  it.each([
    ['backwards from the start', { readDirection: 1 }, '0'],
    ['backwards from 1', { readDirection: 1, from: { revision: 1 } }, '1 0'],
    ['backwards from behind the end', { readDirection: 1, from: { revision: 99 } }, '2 1 0'],
  ])('goes %s', async (_, options, expected) => {
    expect(await read(await three(), options)).toBe(expected);
  });

  const told = (changes: Message): Message => ({ controlOption: { compatibility: 1 }, ...changes });
  it.each([
    ['all of it', undefined, {}, '0 1 2 last=2'],
    ['a part', undefined, { count: 1 }, '0 last=2'],
    ['the end', undefined, { count: 2, readDirection: 1, from: { end: {} } }, '2 1 last=2'],
    ['behind the end', undefined, { from: { revision: 7 } }, 'first=3 last=2'],
    ['just behind the end', undefined, { from: { revision: 3 } }, 'last=2'],
    ['what is truncated', '{"$tb":2}', { count: 2 }, 'first=2 2 last=2'],
    ['more than is truncated', '{"$tb":2}', { count: 3 }, '2 last=2'],
    ['backwards what is truncated', '{"$tb":2}', { readDirection: 1, from: { revision: 1 } }, 'last=2'],
    ['what is truncated beyond the end', '{"$tb":8}', {}, 'first=3 last=2'],
  ])(
    'with that option gets the first and the last revision of the stream: %s',
    async (_, metadata, options, expected) => {
      const stream = await three();
      if (metadata !== undefined) await setMetadata(stream, metadata);
      expect(await read(stream, told(options))).toBe(expected);
    },
  );
});

describe('a link', () => {
  const linked = async (...targets: readonly string[]): Promise<string> => {
    const stream = newStream();
    await written(stream, ...targets.map((target) => ofData(target, '$>', 'application/octet-stream')));
    return stream;
  };
  const resolved = (stream: string) => read(stream, { resolveLinks: true });

  it('is resolved where it leads to an event, and is an event where it is no link', async () => {
    const target = await three();
    const links = await linked(`1@${target}`, `7@${target}`, '0@nowhere-1', 'no link at all', '@x');
    expect(await resolved(links)).toBe('0→1 1→nothing 2→nothing 3 4');
  });

  it.each([
    ['truncated', '{"$tb":2}', '0→nothing 1→2'],
    ['beyond the count', '{"$maxCount":1}', '0→nothing 1→2'],
    ['too old', '{"$maxAge":1}', '0→nothing 1→nothing'],
    ['deleted', SOFT, '0→nothing 1→nothing'],
  ])('shows nothing of what is %s', async (_, metadata, expected) => {
    const target = await three();
    const links = await linked(`1@${target}`, `2@${target}`);
    await setMetadata(target, metadata);
    aheadMs = 60_000;
    expect(await resolved(links)).toBe(expected);
    aheadMs = 0;
  });

  it('shows nothing of what is erased', async () => {
    const target = await three();
    const links = await linked(`1@${target}`, `0@$$${target}`);
    await setMetadata(target, '{"a":1}');
    await remove('Tombstone', target);
    expect(await resolved(links)).toBe('0→nothing 1→nothing');
  });
});

import { realClock, realRandom } from '../../../platform/clock';
import { streamName } from '../../../platform/event-store';
import type { AppendResult, NewEvent, StreamName } from '../../../platform/event-store';
import { uuidV7 } from '../../../platform/ids';

export const newId = (): string => uuidV7(realClock, realRandom);

/** A stream that no other test has. */
export const newStream = (category = 'trial'): StreamName => streamName(category, newId());

export const newEvent = (data: object = { sum: 1300 }, type = 'TrialHeld'): NewEvent => {
  const correlation = newId();
  return {
    id: newId(),
    type,
    data,
    metadata: { $correlationId: correlation, $causationId: correlation, actor: 'system:spec', schema: 1 },
  };
};

export const newEvents = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, index) => newEvent({ index }));

/** All of an iteration. */
export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

/** Returns the appended events; any other result fails the test. */
export const appended = (result: AppendResult): Extract<AppendResult, { kind: 'appended' }> => {
  if (result.kind !== 'appended') throw new Error(`Not appended: ${JSON.stringify(result.kind)}`);
  return result;
};

import { writeSync } from 'node:fs';
import { realClock } from '../../../platform/clock';
import { openEmbeddedEventStore } from '../../../platform/event-store';
import type { NewEvent, StreamName } from '../../../platform/event-store';
import { newEvents, newStream } from './new-events';

/** An append, as the program reports it: before it is sent (`try`) and after it is acknowledged (`ack`). */
export type Told = {
  readonly said: 'try' | 'ack';
  readonly stream: StreamName;
  readonly expected: string;
  readonly events: readonly NewEvent[];
};

// At once and in order: what `process.stdout` had still to write would be lost with the process.
const tell = (told: Told): void => {
  writeSync(1, `${JSON.stringify(told)}\n`);
};

/** A program for the crash spec: appends from many places at once, each to a stream of its own, until it is killed. */
const appendForEver = async (directory: string): Promise<void> => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const place = async (): Promise<never> => {
    let stream = newStream();
    let expected: bigint | 'no-stream' = 'no-stream';
    for (;;) {
      const events = newEvents(1 + Number(expected === 'no-stream' ? 0n : expected % 3n));
      tell({ said: 'try', stream, expected: String(expected), events });
      const result = await store.append(stream, expected, events);
      if (result.kind !== 'appended') throw new Error(`Not appended: ${result.kind}`);
      tell({ said: 'ack', stream, expected: String(expected), events });
      expected = result.revision;
      if (expected > 20n) {
        stream = newStream();
        expected = 'no-stream';
      }
    }
  };
  await Promise.all(Array.from({ length: 32 }, place));
};

appendForEver(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

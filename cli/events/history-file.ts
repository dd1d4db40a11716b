import { createReadStream } from 'node:fs';
import type { Instant } from '../../domain/kernel';
import type { Metadata, Position, RecordedEvent, StreamName } from '../../platform/event-store';
import { Fault } from '../../platform/faults';

/**
 * A history as a file: JSON lines, one an event, in the order of the positions of the store that it comes from. `previous` is the
 * position of the line before, so that a line that is missing is noticed. The last line says that the file is complete.
 */
type EventLine = Omit<RecordedEvent, 'revision'> & {
  readonly previous: Position | null;
  readonly revision: number;
};
type EndLine = { readonly end: true; readonly events: number; readonly position: Position | null };

/** The largest line: an event of 1 MiB, each character of which may be escaped. */
const LINE_BYTES_MAX = 8 * 1024 * 1024;

export const lineOf = (
  { position, stream, revision, recordedAt, id, type, metadata, data }: RecordedEvent,
  previous: Position | undefined,
): string => {
  const place = { position, previous: previous ?? null, stream, revision: Number(revision), recordedAt };
  return `${JSON.stringify({ ...place, id, type, metadata, data })}\n`;
};

export const endLineOf = (events: number, position: Position | undefined): string =>
  `${JSON.stringify({ end: true, events, position: position ?? null } satisfies EndLine)}\n`;

const NEWLINE = 0x0a;

/** A line of a file. `end`: the offset of the byte after it. `isWhole`: it has its newline. */
type TextLine = {
  readonly text: string;
  readonly number: number;
  readonly end: number;
  readonly isWhole: boolean;
};

/** @throws Fault `INPUT_INVALID` for a file that cannot be read, or with a line that is too long. */
async function* textLines(file: string): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let [number, end] = [0, 0];
  const chunks = createReadStream(file, { highWaterMark: 1024 * 1024 });
  try {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      let from = 0;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
        end += at + 1 - from;
        number += 1;
        yield { text: bytes.toString('utf8', from, at), number, end, isWhole: true };
        from = at + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > LINE_BYTES_MAX)
        throw new Fault('INPUT_INVALID', `${file}, line ${number + 1}: is longer than any event.`);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('INPUT_INVALID', `${file} cannot be read.`, { cause: error });
  }
  if (rest.length > 0)
    yield { text: rest.toString('utf8'), number: number + 1, end: end + rest.length, isWhole: false };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEventLine = (value: unknown): value is EventLine =>
  isObject(value) &&
  ['position', 'stream', 'id', 'type', 'recordedAt'].every((name) => typeof value[name] === 'string') &&
  Number.isSafeInteger(value['revision']) &&
  isObject(value['data']) &&
  isObject(value['metadata']);

const isEndLine = (value: unknown): value is EndLine => isObject(value) && value['end'] === true;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const eventOf = (line: EventLine): RecordedEvent => ({
  id: line.id,
  type: line.type,
  data: line.data,
  metadata: line.metadata satisfies Metadata,
  stream: line.stream satisfies StreamName,
  revision: BigInt(line.revision),
  position: line.position,
  recordedAt: line.recordedAt satisfies Instant,
});

/** An event of a file, with the offset of the byte after its line. */
export type FileEvent = { readonly event: RecordedEvent; readonly line: number; readonly end: number };

/** Reads the lines of one file, and refuses gaps, repetitions and torn lines. */
class LineChecker {
  private readonly revisions = new Map<StreamName, number>();
  private last: Position | undefined;
  private events = 0;
  isComplete = false;

  constructor(private readonly file: string) {}

  /** @returns undefined for the last line. @throws Fault `INPUT_INVALID`. */
  event({ text, number }: TextLine): RecordedEvent | undefined {
    const line = parsed(text);
    if (this.isComplete) throw this.invalid(number, 'comes after the line that ends the history');
    if (isEndLine(line)) {
      if (line.events !== this.events || line.position !== (this.last ?? null))
        throw this.invalid(number, `ends a history of ${line.events} events, and here are ${this.events}`);
      this.isComplete = true;
      return undefined;
    }
    if (!isEventLine(line)) throw this.invalid(number, 'is no event');
    this.checkPlace(line, number);
    this.last = line.position;
    this.events += 1;
    this.revisions.set(line.stream, line.revision);
    return eventOf(line);
  }

  private checkPlace({ position, previous, stream, revision }: EventLine, number: number): void {
    const last = this.last;
    if (last !== undefined && position <= last)
      throw this.invalid(number, `repeats position ${position}; the line before has ${last}`);
    if (previous !== (last ?? null))
      throw this.invalid(
        number,
        `has a gap before it: it follows position ${previous}, and the line before has ${last ?? 'none'}`,
      );
    const expected = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== expected)
      throw this.invalid(number, `is revision ${revision} of ${stream}, whose next one is ${expected}`);
  }

  private invalid(number: number, why: string): Fault {
    return new Fault('INPUT_INVALID', `${this.file}, line ${number}: ${why}.`);
  }
}

/**
 * Yields the events of a complete history.
 *
 * @throws Fault `INPUT_INVALID` that names the line, for a gap, a repeated position, a torn file, or one that is not complete.
 */
export async function* readHistoryFile(file: string): AsyncGenerator<FileEvent> {
  const checker = new LineChecker(file);
  for await (const line of textLines(file)) {
    if (!line.isWhole)
      throw new Fault(
        'INPUT_INVALID',
        `${file}, line ${line.number}: is torn. Export it again: it goes on there.`,
      );
    const event = checker.event(line);
    if (event !== undefined) yield { event, line: line.number, end: line.end };
  }
  if (!checker.isComplete)
    throw new Fault('INPUT_INVALID', `${file} is not complete. Export it again: it goes on at its end.`);
}

/** The place at which an interrupted export goes on: after the last whole event of the file. */
export type ResumePoint = {
  readonly bytes: number;
  readonly events: number;
  readonly last: RecordedEvent | undefined;
};

/** @throws Fault `INPUT_INVALID` for a file that is no history: only the last line may be torn. */
export const resumePointOf = async (file: string): Promise<ResumePoint> => {
  const checker = new LineChecker(file);
  let point: ResumePoint = { bytes: 0, events: 0, last: undefined };
  for await (const line of textLines(file)) {
    if (!line.isWhole) break;
    const event = checker.event(line);
    if (event !== undefined) point = { bytes: line.end, events: point.events + 1, last: event };
  }
  return point;
};

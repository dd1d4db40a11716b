import fc from 'fast-check';
import { TOMBSTONE_REVISION, uuidText } from '../../platform/event-store';
import type { RawRecord } from '../../platform/event-store';
import { eventMessage } from './event-message';
import { persistentService, streamsService } from './services';

type Recorded = {
  readonly id: { readonly string: string; readonly structured: object | null };
  readonly streamIdentifier: { readonly streamName: Buffer };
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: Buffer;
  readonly customMetadata: Buffer;
} & Readonly<Record<'streamRevision' | 'preparePosition' | 'commitPosition', { toString(): string }>>;
type Answer = {
  readonly event: {
    readonly event: Recorded | null;
    readonly link: Recorded | null;
    readonly commitPosition: { toString(): string };
    readonly position: string;
    readonly retryCount?: number;
  };
};

const payload = fc.oneof(fc.json(), fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 }));
const record: fc.Arbitrary<RawRecord> = fc.record({
  id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  stream: fc.string({ minLength: 1, unit: 'grapheme' }),
  type: fc.string({ minLength: 1, unit: 'grapheme' }),
  data: payload,
  metadata: payload,
  revision: fc.maxSafeNat().filter((revision) => revision !== TOMBSTONE_REVISION),
  position: fc.maxSafeNat(),
  recordedAtMs: fc.nat({ max: 4_000_000_000_000 }),
});

const seen = (recorded: Recorded | null) =>
  recorded && {
    id: recorded.id.string,
    stream: recorded.streamIdentifier.streamName.toString('utf8'),
    places: [recorded.streamRevision, recorded.preparePosition, recorded.commitPosition].map(String),
    metadata: recorded.metadata,
    customMetadata: Buffer.from(recorded.customMetadata).toString('hex'),
    data: Buffer.from(recorded.data).toString('hex'),
  };

const wanted = (raw: RawRecord | undefined) =>
  raw === undefined
    ? null
    : {
        id: uuidText(raw.id),
        stream: raw.stream,
        places: [raw.revision, raw.position, raw.position].map(String),
        metadata: {
          type: raw.type,
          'content-type': typeof raw.data === 'string' ? 'application/json' : 'application/octet-stream',
          created: `${raw.recordedAtMs}0000`,
        },
        customMetadata: Buffer.from(raw.metadata).toString('hex'),
        data: Buffer.from(raw.data).toString('hex'),
      };

describe('an event as it is sent', () => {
  it.each([
    ['a read', streamsService, undefined],
    ['a consumer group', persistentService, 3],
  ])('reads as the protocol has it (%s)', (_, service, retries) => {
    const decode = service['Read']!.responseDeserialize as (bytes: Buffer) => unknown;
    fc.assert(
      fc.property(
        fc.option(record, { nil: undefined }),
        fc.option(record, { nil: undefined }),
        (event, link) => {
          const resolved = { ...(event && { event }), ...(link && { link }) };
          const answer = decode(eventMessage(resolved, 'string', retries)) as Answer;
          expect(seen(answer.event.event)).toEqual(wanted(event));
          expect(seen(answer.event.link)).toEqual(wanted(link));
          const original = link ?? event;
          expect(answer.event.position).toBe(original ? 'commitPosition' : 'noPosition');
          if (original) expect(String(answer.event.commitPosition)).toBe(String(original.position));
          expect(answer.event.retryCount).toBe(retries);
        },
      ),
    );
  });
});

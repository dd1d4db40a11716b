import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { Writer } from 'protobufjs';
import {
  aCommands,
  aConnect,
  aResponses,
  MessageMalformed,
  uCommands,
  uConnect,
  uResponses,
  type ACommands,
  type UResponses,
} from './';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const product = fc.record({ id: int64, description: fc.string({ unit: 'grapheme' }), count: int32 });
const commands: fc.Arbitrary<ACommands> = fc.record(
  {
    buy: fc.array(fc.record({ whnum: int32, things: fc.array(product), seqnum: int64 })),
    topack: fc.array(fc.record({ whnum: int32, things: fc.array(product), shipid: int64, seqnum: int64 })),
    load: fc.array(fc.record({ whnum: int32, truckid: int32, shipid: int64, seqnum: int64 })),
    queries: fc.array(fc.record({ packageid: int64, seqnum: int64 })),
    simspeed: fc.nat(2 ** 32 - 1),
    disconnect: fc.boolean(),
    acks: fc.array(int64),
  },
  { requiredKeys: ['buy', 'topack', 'load', 'queries', 'acks'] },
);
const responses: fc.Arbitrary<UResponses> = fc.record(
  {
    completions: fc.array(
      fc.record({ truckid: int32, x: int32, y: int32, status: fc.string(), seqnum: int64 }),
    ),
    delivered: fc.array(fc.record({ truckid: int32, packageid: int64, seqnum: int64 })),
    finished: fc.boolean(),
    acks: fc.array(int64),
    truckstatus: fc.array(
      fc.record({ truckid: int32, status: fc.string(), x: int32, y: int32, seqnum: int64 }),
    ),
    error: fc.array(fc.record({ err: fc.string(), originseqnum: int64, seqnum: int64 })),
  },
  { requiredKeys: ['completions', 'delivered', 'acks', 'truckstatus', 'error'] },
);

describe('the World messages', () => {
  it('come back as they were, to the last bit of an int64', () => {
    fc.assert(
      fc.property(commands, (message) => {
        expect(aCommands.decode(aCommands.encode(message))).toEqual(message);
      }),
    );
    fc.assert(
      fc.property(responses, (message) => {
        expect(uResponses.decode(uResponses.encode(message))).toEqual(message);
      }),
    );
  });

  it('have the bytes that other programs send', () => {
    // AConnect { worldid: 5, initwh: [{ id: 1, x: 2, y: -1 }], isAmazon: true }, written out by hand
    const bytes = Buffer.from(`0805${'120f' + '0801' + '1002' + '18ffffffffffffffffff01'}1801`, 'hex');
    const message = { worldid: 5n, initwh: [{ id: 1, x: 2, y: -1 }], isAmazon: true };
    expect(aConnect.decode(bytes)).toEqual(message);
    expect(Buffer.from(aConnect.encode(message))).toEqual(bytes);
    // UConnect { trucks: [{ id: 7, x: 0, y: 0 }], isAmazon: false }: without a worldid a new world is created
    const ups = Buffer.from('1206080710001800' + '1800', 'hex');
    expect(uConnect.decode(ups)).toEqual({ trucks: [{ id: 7, x: 0, y: 0 }], isAmazon: false });
  });

  it('take acks packed and unpacked, and write them unpacked', () => {
    const packed = Writer.create()
      .uint32((7 << 3) | 2)
      .fork()
      .int64(1)
      .int64(300)
      .ldelim()
      .finish();
    const unpacked = Writer.create()
      .uint32(7 << 3)
      .int64(1)
      .uint32(7 << 3)
      .int64(300)
      .finish();
    expect(aCommands.decode(packed).acks).toEqual([1n, 300n]);
    expect(aCommands.decode(unpacked).acks).toEqual([1n, 300n]);
    expect(Buffer.from(aCommands.encode({ acks: [1n, 300n] }))).toEqual(Buffer.from(unpacked));
  });

  it('ignore fields that they do not know', () => {
    const unknown = Writer.create()
      .uint32((200 << 3) | 2)
      .string('later')
      .uint32(201 << 3)
      .int64(9)
      .finish();
    const bytes = Buffer.concat([unknown, uCommands.encode({ acks: [4n] })]);
    expect(uCommands.decode(bytes)).toEqual({ pickups: [], deliveries: [], queries: [], acks: [4n] });
  });

  it('are refused when a required field is missing, at any depth', () => {
    expect(() => aConnect.decode(new Uint8Array())).toThrow(MessageMalformed);
    const withoutSeqnum = Writer.create()
      .uint32((4 << 3) | 2)
      .fork()
      .uint32(1 << 3)
      .int64(5)
      .ldelim()
      .finish();
    expect(() => aCommands.decode(withoutSeqnum)).toThrow(MessageMalformed);
    expect(() => aCommands.encode({ queries: [{ packageid: 1n } as never] })).toThrow(/seqnum is missing/);
  });

  it('are refused when the bytes break off or are something else', () => {
    const whole = aResponses.encode({ ready: [{ shipid: 1n, seqnum: 2n }] });
    expect(() => aResponses.decode(whole.subarray(0, whole.length - 1))).toThrow(MessageMalformed);
    expect(() => aResponses.decode(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toThrow(MessageMalformed);
  });

  it('are not written when a number does not fit', () => {
    expect(() => uConnect.encode({ trucks: [{ id: 2 ** 31, x: 0, y: 0 }], isAmazon: false })).toThrow(
      MessageMalformed,
    );
    expect(() => aCommands.encode({ simspeed: -1 })).toThrow(MessageMalformed);
    expect(() => aCommands.encode({ acks: [2n ** 63n] })).toThrow(MessageMalformed);
  });
});

describe('the descriptors', () => {
  it('are what the .proto files compile to', () => {
    const generate = join(__dirname, '..', 'generate.mjs');
    expect(() => execFileSync(process.execPath, [generate, '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});

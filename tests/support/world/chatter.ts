import type { Random } from '../../../platform/clock';
import { frame } from '../../../platform/framing';
import { aCommands, aConnect, uCommands, uConnect } from '../../../proto/world';

/** Messages that might be meant, with numbers from both ends of what is possible. */
export class Chatter {
  constructor(private readonly random: Random) {}

  below(limit: number): number {
    return Math.floor(this.random.next() * limit);
  }

  oneOf<Choice>(...choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)] as Choice;
  }

  greeting(side: string): Uint8Array {
    const worldid = this.below(10) > 0 ? 1n : this.oneOf(2n, -1n, 2n ** 62n);
    const places = Array.from({ length: Math.max(0, this.below(6) - 3) }, () => ({
      id: this.small(),
      x: this.small(),
      y: this.small(),
    }));
    const isAmazon = this.below(20) > 0 === (side === 'amazon');
    return side === 'amazon'
      ? aConnect.encode({ worldid, initwh: places, isAmazon })
      : uConnect.encode({ worldid, trucks: places, isAmazon });
  }

  commands(side: string, acks: readonly bigint[]): Uint8Array {
    // A low limit, so that the legitimate memory of a World is complete soon, and any later growth is a leak.
    const seqnum = () => BigInt(this.below(5000));
    const shipid = () => BigInt(this.below(2000));
    const some = <Element>(make: () => Element) => Array.from({ length: this.below(3) }, make);
    const thing = () => ({
      id: BigInt(this.below(20)),
      description: 'x'.repeat(this.below(9)),
      count: this.small(),
    });
    const common = {
      acks: [...acks, BigInt(this.below(1_000_000))],
      ...(this.below(10) === 0 && { simspeed: this.oneOf(0, 1, 100, 100_000, 2 ** 32 - 1) }),
      ...(this.below(500) === 0 && { disconnect: true }),
    };
    if (side === 'amazon') {
      return aCommands.encode({
        buy: some(() => ({ whnum: this.small(), things: some(thing), seqnum: seqnum() })),
        topack: some(() => ({
          whnum: this.small(),
          things: some(thing),
          shipid: shipid(),
          seqnum: seqnum(),
        })),
        load: some(() => ({
          whnum: this.small(),
          truckid: this.small(),
          shipid: shipid(),
          seqnum: seqnum(),
        })),
        queries: some(() => ({ packageid: shipid(), seqnum: seqnum() })),
        ...common,
      });
    }
    const location = () => ({ packageid: shipid(), x: this.small(), y: this.small() });
    return uCommands.encode({
      pickups: some(() => ({ truckid: this.small(), whid: this.small(), seqnum: seqnum() })),
      deliveries: some(() => ({ truckid: this.small(), packages: some(location), seqnum: seqnum() })),
      queries: some(() => ({ truckid: this.small(), seqnum: seqnum() })),
      ...common,
    });
  }

  /** Some of its bytes changed, cut out, doubled or put in. */
  mutated(bytes: Uint8Array): Uint8Array {
    const mutant = Buffer.from(bytes);
    for (let times = this.below(6); times > 0 && mutant.length > 0; times -= 1) {
      mutant[this.below(mutant.length)] = this.oneOf(0, 0x7f, 0x80, 0xff, this.below(256));
    }
    const [from, to] = [this.below(mutant.length + 1), this.below(mutant.length + 1)];
    return this.oneOf(
      () => mutant,
      () => mutant.subarray(0, from),
      () => Buffer.concat([mutant, mutant.subarray(from, to)]),
      () => Buffer.concat([mutant.subarray(0, from), this.garbage(8), mutant.subarray(from)]),
    )();
  }

  garbage(length: number): Uint8Array {
    return this.random.bytes(this.below(length));
  }

  /** Returns the bytes to send instead of a correct message: the message itself, or an invalid form of it. */
  wire(meant: Uint8Array): Uint8Array {
    const kind = this.below(20);
    if (kind < 10) return frame(meant);
    if (kind < 17) return frame(this.mutated(meant));
    if (kind < 18) return frame(this.garbage(200));
    if (kind < 19) return this.garbage(40);
    return Buffer.concat([this.random.bytes(5), meant]);
  }

  /** A number as warehouses, trucks, places and counts have, often the first one. */
  small(): number {
    return this.oneOf(1, 1, 1, 2, 7, 0, -1, this.below(40), 2 ** 31 - 1, -(2 ** 31));
  }
}

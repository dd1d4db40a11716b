/** The events of one command: `count` events from revision `first`. */
export type CommandEffect = { readonly first: bigint; readonly count: number };

/** A place is `first * COUNTS + count`, a whole number below 2^53. */
const COUNTS = 2 ** 20;
/** An id as text, its number, and the entry of the map. */
const BYTES_AN_ENTRY = 112;

/** The places of the events of the latest commands in a stream, by command id, the oldest command first. */
export class CommandEffects {
  /** Numbers, because an object for each command would need more memory than its id. */
  private readonly places: Map<string, number>;

  /** @param commandsMax - older commands are dropped. @param places - the result of `placesUpTo`. */
  constructor(
    private readonly commandsMax: number,
    places: Iterable<readonly [commandId: string, place: number]> = [],
  ) {
    this.places = new Map(places);
  }

  /** The estimated memory. */
  get bytes(): number {
    return this.places.size * BYTES_AN_ENTRY;
  }

  /** Returns the places of the events up to a revision, inclusive, for another instance. */
  placesUpTo(revision: bigint): ReadonlyMap<string, number> {
    const last = Number(revision);
    return new Map(
      [...this.places].filter(([, place]) => Math.floor(place / COUNTS) + (place % COUNTS) - 1 <= last),
    );
  }

  get(commandId: string): CommandEffect | undefined {
    const place = this.places.get(commandId);
    if (place === undefined) return undefined;
    return { first: BigInt(Math.floor(place / COUNTS)), count: place % COUNTS };
  }

  /** Adds events to the effect of a command. The events of one command are adjacent. */
  add(commandId: string, { first, count }: CommandEffect): void {
    const before = this.places.get(commandId);
    this.places.set(commandId, before === undefined ? Number(first) * COUNTS + count : before + count);
    for (const oldest of this.places.keys()) {
      if (this.places.size <= this.commandsMax) return;
      this.places.delete(oldest);
    }
  }
}

/** The limits of one message; a larger one would break the stream for all its senders. */
const ITEMS_MAX = 1_024;
const BYTES_MAX = 1024 * 1024;

/** The writing side of a stream. */
type Sink = {
  readonly destroyed: boolean;
  write(message: object): boolean;
  end(): unknown;
  on(event: 'drain', listener: () => void): unknown;
};

/** The outgoing side of a stream. */
export type Outbound<Item> = {
  readonly send: (item: Item) => void;
  /** Ends the stream after everything was written to it. */
  readonly end: () => void;
};

export type OutboundOptions<Item> = {
  /** Makes one message of several items. */
  readonly pack: (items: readonly Item[]) => object;
  /** Returns the approximate bytes of an item. */
  readonly bytesOf: (item: Item) => number;
  /** Called with the number of items that the stream has accepted. */
  readonly onTaken?: (count: number) => void;
};

/** Returns the number of first items that fit into one message; at least one. */
const countThatFits = <Item>(items: readonly Item[], bytesOf: (item: Item) => number): number => {
  let bytes = 0;
  const end = Math.min(items.length, ITEMS_MAX);
  for (let count = 0; count < end; count += 1) {
    bytes += bytesOf(items[count] as Item);
    if (bytes > BYTES_MAX) return Math.max(1, count);
  }
  return end;
};

/**
 * Sends items of the same turn of the event loop together, in as few messages as the limits allow, and no faster than
 * the other side reads.
 */
export const outbound = <Item>(
  stream: Sink,
  { pack, bytesOf, onTaken }: OutboundOptions<Item>,
): Outbound<Item> => {
  let waiting: Item[] = [];
  let isDue = false;
  let isFull = false;
  let isEnding = false;

  const flush = (): void => {
    isDue = false;
    while (waiting.length > 0 && !isFull && !stream.destroyed) {
      const count = countThatFits(waiting, bytesOf);
      const items = waiting.slice(0, count);
      waiting = waiting.slice(count);
      isFull = !stream.write(pack(items));
      onTaken?.(count);
    }
    if (isEnding && waiting.length === 0) stream.end();
  };
  stream.on('drain', () => {
    isFull = false;
    flush();
  });
  const flushSoon = (): void => {
    if (isDue) return;
    isDue = true;
    setImmediate(flush);
  };

  return {
    send: (item) => {
      waiting.push(item);
      flushSoon();
    },
    end: () => {
      isEnding = true;
      flushSoon();
    },
  };
};

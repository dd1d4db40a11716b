import type { Millis } from '../../../domain/kernel';
import type { Clock } from '../../../platform/clock';
import type { Durable } from './order-fixture';
import { overridingStore } from './overriding-store';

const WRITE_MS = 1 as Millis;

/** The durable services of a process until it is killed: from a certain write on, no call is answered. */
export type Mortal = Durable & { readonly isDead: () => boolean };

export type Death = {
  /** The number of writes before the kill. */
  readonly writes: number;
  /** Whether the last one still reaches the disk, without an answer. */
  readonly lastIsWritten: boolean;
};

export const mortal = (durable: Durable, { writes, lastIsWritten }: Death, clock: Clock): Mortal => {
  let left = writes;
  const silence = new Promise<never>(() => undefined);
  const isDead = (): boolean => left <= 0;

  const writing = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    // Disks take their time, so that one write is under way while another begins.
    await clock.sleep(WRITE_MS);
    if (isDead()) return silence;
    left -= 1;
    if (!isDead()) return write();
    if (lastIsWritten) await write();
    return silence;
  };
  const reading = async function* <Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
    for await (const item of items) {
      if (isDead()) await silence;
      yield item;
    }
  };
  const { store, checkpoints, parking } = durable;

  return {
    isDead,
    store: overridingStore(store, {
      append: (...append) => writing(() => store.append(...append)),
      read: (...read) => reading(store.read(...read)),
      readAll: (...read) => reading(store.readAll(...read)),
      subscribe: (options) => reading(store.subscribe(options)),
    }),
    checkpoints: {
      read: (name) => (isDead() ? silence : checkpoints.read(name)),
      write: (name, position) => writing(() => checkpoints.write(name, position)),
    },
    parking: {
      park: (reaction) => writing(() => parking.park(reaction)),
      find: (id) => (isDead() ? silence : parking.find(id)),
      list: (...asked) => (isDead() ? silence : parking.list(...asked)),
      remove: (id) => writing(() => parking.remove(id)),
    },
  };
};

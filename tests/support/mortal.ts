import type { Durable } from './order-bench';

/** What a process sees of the durable world before it is killed: from some write on, nothing is answered any more. */
export type Mortal = Durable & { readonly isDead: () => boolean };

/**
 * @param writes - how many writes the process lives for.
 * @param lastIsWritten - whether the last one still reaches the disk, without an answer.
 */
export const mortal = (durable: Durable, writes: number, lastIsWritten: boolean): Mortal => {
  let left = writes;
  const silence = new Promise<never>(() => undefined);
  const isDead = (): boolean => left <= 0;

  const writing = async <Result>(write: () => Promise<Result>): Promise<Result> => {
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
    store: {
      ...store,
      append: (...append) => writing(() => store.append(...append)),
      read: (...read) => reading(store.read(...read)),
      readAll: (...read) => reading(store.readAll(...read)),
      subscribe: (options) => reading(store.subscribe(options)),
    },
    checkpoints: {
      read: (name) => (isDead() ? silence : checkpoints.read(name)),
      write: (name, position) => writing(() => checkpoints.write(name, position)),
    },
    parking: {
      park: (reaction) => writing(() => parking.park(reaction)),
      find: (id) => (isDead() ? silence : parking.find(id)),
      list: (retry, limit) => (isDead() ? silence : parking.list(retry, limit)),
      remove: (id) => writing(() => parking.remove(id)),
    },
  };
};

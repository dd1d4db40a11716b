import type { Bus, DocumentChanged, Subscription } from '../../../platform/bus';

export type Listening = { stop(): void };

/** Notifies listeners that a document has changed. The new state is read from the read model. */
export type Changes = {
  start(): Promise<void>;
  /**
   * @param name - `<collection>/<id>`; the collection without its version. The listener is called also when a change
   * may have been missed.
   */
  listen(name: string, listener: () => void): Listening;
  stop(): Promise<void>;
};

const VERSION = /_v\d+$/;

/** `order_details_v2` → `order_details`: listeners are independent of the promoted version. */
const nameOf = ({ collection, id }: DocumentChanged): string => `${collection.replace(VERSION, '')}/${id}`;

/** Creates a feed with one subscription to the bus for all listeners of this process. */
export const createChanges = (bus: Pick<Bus, 'onChange'>): Changes => {
  const listeners = new Map<string, Set<() => void>>();
  let subscription: Subscription | undefined;

  const tell = (change: DocumentChanged): void => {
    for (const listener of listeners.get(nameOf(change)) ?? []) listener();
  };

  const tellEverybody = (): void => {
    for (const all of listeners.values()) for (const listener of all) listener();
  };

  const forget = (name: string, listener: () => void): void => {
    const all = listeners.get(name);
    all?.delete(listener);
    if (all?.size === 0) listeners.delete(name);
  };

  return {
    start: async () => {
      subscription = await bus.onChange(tell, tellEverybody);
    },
    listen: (name, listener) => {
      const all = listeners.get(name);
      if (all) all.add(listener);
      else listeners.set(name, new Set([listener]));
      return { stop: () => forget(name, listener) };
    },
    stop: async () => {
      listeners.clear();
      await subscription?.stop();
    },
  };
};

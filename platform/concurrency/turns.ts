/**
 * Takes part of a key's share of this turn of the event loop.
 *
 * @returns undefined if the work may start at once; else a promise of the turn in which it may.
 */
export type Turns = (key: string, cost: number) => Promise<void> | undefined;

type Waiting = { readonly cost: number; readonly start: () => void };

/** The cost of a key's work in this turn, and its work that waits for a later one, in order. */
type Share = { spent: number; readonly waiting: Waiting[] };

/**
 * Lets the work of a key start in each turn of the event loop up to `costPerTurn`, and at least one piece. Many pieces of one
 * client then do not delay a piece of another by more than that. Costs are estimates that are known before the work: what it
 * took is known only when all of the turn's work has started.
 */
export const createTurns = (costPerTurn: number): Turns => {
  const shares = new Map<string, Share>();

  const hasRoom = ({ spent }: Share, cost: number): boolean => spent === 0 || spent + cost <= costPerTurn;

  /** Starts what has room in the new turn, and forgets the keys without work. */
  const turn = (): void => {
    for (const [key, share] of shares) {
      share.spent = 0;
      for (let next = share.waiting[0]; next && hasRoom(share, next.cost); next = share.waiting[0]) {
        share.waiting.shift();
        share.spent += next.cost;
        next.start();
      }
      if (share.spent === 0) shares.delete(key);
    }
    if (shares.size > 0) setImmediate(turn);
  };

  return (key, asked) => {
    const cost = Math.max(1, asked);
    if (shares.size === 0) setImmediate(turn);
    const share = shares.get(key) ?? { spent: 0, waiting: [] };
    shares.set(key, share);
    if (share.waiting.length === 0 && hasRoom(share, cost)) {
      share.spent += cost;
      return undefined;
    }
    return new Promise((start) => share.waiting.push({ cost, start }));
  };
};

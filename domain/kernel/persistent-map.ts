type Leaf<Value> = { readonly entries: readonly (readonly [key: string, value: Value])[] };
type Branch<Value> = { readonly children: readonly Tree<Value>[] };
type Tree<Value> = Leaf<Value> | Branch<Value>;

const bitsALevel = 4;
const width = 2 ** bitsALevel;
const levelsMax = 32 / bitsALevel;
const leafMax = 8;
const empty: Leaf<never> = { entries: [] };

/** FNV-1a, 32 bits. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};

const slotOf = (hash: number, level: number): number => (hash >>> (level * bitsALevel)) % width;

const childOf = <Value>({ children }: Branch<Value>, slot: number): Tree<Value> => children[slot] ?? empty;

const find = <Value>(tree: Tree<Value>, key: string): Value | undefined => {
  const hash = hashOf(key);
  let node = tree;
  for (let level = 0; 'children' in node; level++) node = childOf(node, slotOf(hash, level));
  return node.entries.find(([candidate]) => candidate === key)?.[1];
};

const branched = <Value>({ entries }: Leaf<Value>, level: number): Tree<Value> => {
  const isFull = entries.length > leafMax && level < levelsMax;
  if (!isFull) return { entries };
  const slots = Array.from({ length: width }, (): (readonly [string, Value])[] => []);
  for (const entry of entries) slots[slotOf(hashOf(entry[0]), level)]?.push(entry);
  return { children: slots.map((slot) => branched({ entries: slot }, level + 1)) };
};

const put = <Value>(
  tree: Tree<Value>,
  entry: readonly [string, Value],
  hash: number,
  level: number,
): Tree<Value> => {
  if ('children' in tree) {
    const slot = slotOf(hash, level);
    return { children: tree.children.with(slot, put(childOf(tree, slot), entry, hash, level + 1)) };
  }
  const others = tree.entries.filter(([key]) => key !== entry[0]);
  return branched({ entries: [...others, entry] }, level);
};

const drop = <Value>(tree: Tree<Value>, key: string, hash: number, level: number): Tree<Value> => {
  if ('entries' in tree) return { entries: tree.entries.filter(([candidate]) => candidate !== key) };
  const slot = slotOf(hash, level);
  const children = tree.children.with(slot, drop(childOf(tree, slot), key, hash, level + 1));
  const isEmpty = children.every((child) => 'entries' in child && child.entries.length === 0);
  return isEmpty ? empty : { children };
};

function* entriesOf<Value>(tree: Tree<Value>): Generator<readonly [string, Value]> {
  if ('entries' in tree) yield* tree.entries;
  else for (const child of tree.children) yield* entriesOf(child);
}

/**
 * An immutable map: `with` and `without` return a new map that shares nearly all of its nodes with this one. A popular
 * product has thousands of open orders; a copied `Map` at every event would take milliseconds, and this hash trie takes
 * microseconds.
 */
export class PersistentMap<Key extends string, Value> {
  private constructor(
    private readonly tree: Tree<Value>,
    readonly size: number,
  ) {}

  static empty<Key extends string, Value>(): PersistentMap<Key, Value> {
    return new PersistentMap<Key, Value>(empty, 0);
  }

  static of<Key extends string, Value>(
    entries: readonly (readonly [Key, Value & NonNullable<unknown>])[],
  ): PersistentMap<Key, Value> {
    return entries.reduce((map, [key, value]) => map.with(key, value), PersistentMap.empty<Key, Value>());
  }

  get(key: Key): Value | undefined {
    return find(this.tree, key);
  }

  with(key: Key, value: Value & NonNullable<unknown>): PersistentMap<Key, Value> {
    const grows = this.get(key) === undefined ? 1 : 0;
    return new PersistentMap(put(this.tree, [key, value], hashOf(key), 0), this.size + grows);
  }

  without(key: Key): PersistentMap<Key, Value> {
    if (this.get(key) === undefined) return this;
    return new PersistentMap(drop(this.tree, key, hashOf(key), 0), this.size - 1);
  }

  /** Returns the entries in no particular order. */
  entries(): readonly (readonly [Key, Value])[] {
    // Only `with` makes entries, and it takes keys of this type.
    return [...entriesOf(this.tree)] as (readonly [Key, Value])[];
  }

  /** Returns an object with sorted keys, so that equal maps have equal JSON. */
  toJSON(): Readonly<Record<string, Value>> {
    return Object.fromEntries(this.entries().toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

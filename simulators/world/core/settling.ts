import { isSamePlace, type Place } from './grid';
import type { Refusal } from './limits';

/**
 * The result of adding a greeting's places. `remark`: text for people if the world has other places than the greeting.
 */
export type Settling =
  { readonly ok: true; readonly remark?: string } | { readonly ok: false; readonly refusal: Refusal };

type Named = Place & { readonly id: number };

type Sorted<Thing> =
  | { readonly ok: true; readonly added: readonly Thing[]; readonly settled: Settling }
  | { readonly ok: false; readonly refusal: Refusal };

const written = ({ x, y }: Place): string => `(${x}, ${y})`;

const remarkOn = (what: string, moved: ReadonlyMap<number, Place>): Settling => {
  const [first] = moved;
  if (first === undefined) return { ok: true };
  const [id, place] = first;
  const more = moved.size > 1 ? `; nor are ${moved.size - 1} more` : '';
  return { ok: true, remark: `${what} ${id} was put at ${written(place)} and is not moved${more}` };
};

/**
 * Finds the new ones among the warehouses or trucks of a client. An existing one keeps its place, even if the
 * greeting has another: a client with new settings may continue in its world. Two places for one of them in one greeting are
 * refused.
 *
 * @param homeOf - returns the first place; undefined if the world does not have it.
 */
export const sortOut = <Thing extends Named>(
  what: string,
  named: readonly Thing[],
  homeOf: (id: number) => Place | undefined,
): Sorted<Thing> => {
  const added = new Map<number, Thing>();
  const moved = new Map<number, Place>();
  for (const thing of named) {
    const home = homeOf(thing.id);
    const twin = added.get(thing.id);
    if (twin && !isSamePlace(twin, thing))
      return {
        ok: false,
        refusal: `${what} ${thing.id} is named at ${written(twin)} and at ${written(thing)}`,
      };
    if (home === undefined) added.set(thing.id, twin ?? thing);
    else if (!isSamePlace(home, thing)) moved.set(thing.id, home);
  }
  return { ok: true, added: [...added.values()], settled: remarkOn(what, moved) };
};

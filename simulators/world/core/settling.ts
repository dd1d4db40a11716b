import { isSamePlace, type Place } from './grid';
import type { Refusal } from './limits';

/** What comes of the places in a greeting. `remark`: for people to read, where the world has other places than were named. */
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
 * Finds out which of the things that a client names are new. What was put there before stays, at whatever place it is named
 * now: a client that was set up anew may go on in its world. Two places for one thing in one greeting are refused.
 *
 * @param homeOf - where a thing was put first; undefined where the world does not have it.
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

import { useState } from 'react';
import type { Problem } from '../../api';
import { useOrderWords } from '../../text/orders';
import { Input } from '../../ui/form';
import type { Mark } from '../../ui/grid-map';

type Point = { readonly x: number; readonly y: number };

/** A place that is being chosen, by coordinates or on a map. */
export type ChosenPlace = {
  /** The place; undefined while the coordinates are none. */
  readonly point: Point | undefined;
  readonly marks: readonly Mark[];
  readonly typed: TypedPlace;
  readonly type: (changed: { readonly x?: string; readonly y?: string }) => void;
  readonly pick: (point: Point) => void;
  /** Forgets the place that was kept. */
  readonly sent: () => void;
};

type TypedPlace = { readonly x: string; readonly y: string };

/** The place that an account chose last in a form that was not sent. It outlives a log-in in between, not a reload. */
let unsent: { readonly of: string; readonly typed: TypedPlace } | undefined;

const isWhole = (text: string): boolean => /^-?\d+$/.test(text.trim());

/**
 * Holds the place that a visitor chooses. `begin` is where the choice begins; with `keepFor`, the place stays for that account
 * until `sent`.
 */
export const usePlace = (begin?: Point, keepFor?: string): ChosenPlace => {
  const { checkout } = useOrderWords();
  const [typed, setPlace] = useState<TypedPlace>(() => {
    if (unsent !== undefined && unsent.of === keepFor) return unsent.typed;
    return { x: begin ? `${begin.x}` : '', y: begin ? `${begin.y}` : '' };
  });
  const setTyped = (place: TypedPlace): void => {
    if (keepFor !== undefined) unsent = { of: keepFor, typed: place };
    setPlace(place);
  };
  const point = isWhole(typed.x) && isWhole(typed.y) ? { x: Number(typed.x), y: Number(typed.y) } : undefined;
  return {
    point,
    marks: point ? [{ id: 'chosen', label: checkout.here, kind: 'home', ...point }] : [],
    typed,
    type: (changed) => setTyped({ ...typed, ...changed }),
    pick: ({ x, y }) => setTyped({ x: `${x}`, y: `${y}` }),
    sent: () => {
      unsent = undefined;
    },
  };
};

/** The two coordinates of a place as inputs. */
export function PlaceInputs({
  of: { typed, type },
  problem,
}: {
  readonly of: ChosenPlace;
  readonly problem: Problem | undefined;
}) {
  const { checkout } = useOrderWords();
  const kind = { type: 'number', step: 1, required: true } as const;
  return (
    <>
      <Input
        name="x"
        label={checkout.x}
        value={typed.x}
        onChange={({ target }) => type({ x: target.value })}
        problem={problem}
        {...kind}
      />
      <Input
        name="y"
        label={checkout.y}
        value={typed.y}
        onChange={({ target }) => type({ y: target.value })}
        problem={problem}
        {...kind}
      />
    </>
  );
}

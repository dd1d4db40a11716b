import { useState, type ReactNode } from 'react';
import type { Problem } from '../api';
import { useTexts } from '../text';
import { Facts } from './facts';

export type Beginning = {
  /** The key of the inputs: other content is another form, whose inputs begin with what it says. */
  readonly key: string;
  /** Keeps the inputs after a refusal, so that what was typed stays while the page shows how the thing is now. */
  readonly keep: () => void;
  readonly forget: () => void;
};

/** The beginning of a form that edits something. @param now - what the thing says. */
export const useBeginning = (now: unknown): Beginning => {
  const [kept, setKept] = useState<string>();
  const present = JSON.stringify(now);
  return {
    key: kept ?? present,
    keep: () => setKept((earlier) => earlier ?? present),
    forget: () => setKept(undefined),
  };
};

export type Seen<Now> = {
  /** The thing as the sender of the form has seen it: as it was at the first input, or as it is without one. */
  readonly seen: Now;
  readonly begin: () => void;
  /** Ends what `begin` began: from now on the sender has seen what the page shows. */
  readonly end: () => void;
};

/**
 * Holds what the sender of a form has seen of a thing that the page keeps up to date.
 *
 * @param isBegun - whether the form begins with its first appearance, and not with its first input.
 */
export const useSeen = <Now,>(now: Now, isBegun = false): Seen<Now> => {
  const [begun, setBegun] = useState(isBegun ? { now } : undefined);
  return {
    seen: begun ? begun.now : now,
    begin: () => setBegun((earlier) => earlier ?? { now }),
    end: () => setBegun(undefined),
  };
};

/** Ends a change: after a refusal what was typed stays, and `onRefused` shows how the thing is now. */
export const settle = (done: unknown, beginning: Beginning, onRefused: () => void): void => {
  if (done) beginning.forget();
  else {
    beginning.keep();
    onRefused();
  }
};

/** Shows how the thing that a form edits is now, where its change was refused because someone has changed it meanwhile. */
export function NowSays({
  problem,
  of,
}: {
  readonly problem: Problem | undefined;
  readonly of: readonly (readonly [name: string, value: ReactNode])[];
}) {
  const { state } = useTexts();
  if (problem?.code !== 'CHANGED_MEANWHILE' && problem?.code !== 'PRODUCT_CHANGED') return null;
  return (
    <>
      <p>{state.nowSays}</p>
      <Facts of={of} />
    </>
  );
}

import type { RecordedEvent } from '../../platform/event-store';
import type { Book } from './breach';

/** A fact that was acknowledged to a client. */
export type AckedFact = {
  readonly stream: string;
  readonly type: string;
  /** Shown in the breach, e.g. the client. */
  readonly note?: string;
  readonly matches?: (event: RecordedEvent) => boolean;
};

/** V1: every acknowledged fact is stored. */
export const ackedBook = (acked: readonly AckedFact[]): Book => {
  const waiting = new Map<string, Set<AckedFact>>();
  const keyOf = ({ stream, type }: { readonly stream: string; readonly type: string }): string =>
    `${stream}\n${type}`;
  for (const fact of acked) {
    const facts = waiting.get(keyOf(fact)) ?? new Set();
    waiting.set(keyOf(fact), facts.add(fact));
  }
  return {
    see: (event) => {
      const facts = waiting.get(keyOf(event));
      for (const fact of facts ?? []) if (fact.matches?.(event) ?? true) facts?.delete(fact);
    },
    breaches: () =>
      [...waiting.values()].flatMap((facts) =>
        [...facts].map(({ stream, type, note }) => ({
          invariant: 'V1',
          subject: stream,
          detail: `${type} was acknowledged${note === undefined ? '' : ` (${note})`} and is not stored`,
        })),
      ),
  };
};

import { Fragment, type ReactNode } from 'react';
import { graphql, type ResultOf } from '../api';
import { Moment } from '../ui/moment';
import { useHeldWords } from './words';

export const heldFields = graphql(`
  fragment HeldFields on Order @_unmask {
    authorisedUntil
    held {
      amountMinor
      formatted
    }
    captured {
      formatted
    }
    voided {
      amountMinor
      formatted
    }
    captureRefusal
  }
`);

type Held = ResultOf<typeof heldFields>;

/** Returns what of an order's money is held, was taken, and never will be, each with its title; nothing where it was taken at once. */
export const useHeldFacts = ({
  authorisedUntil,
  held,
  captured,
  voided,
}: Held): readonly (readonly [title: string, ReactNode])[] => {
  const words = useHeldWords();
  if (authorisedUntil === null) return [];
  return [
    ...(held.amountMinor === 0
      ? []
      : [
          [
            words.held,
            <span key="held">
              {held.formatted}, {words.until} <Moment at={authorisedUntil} />
            </span>,
          ] as const,
        ]),
    [words.captured, captured.formatted],
    ...(voided.amountMinor === 0 ? [] : [[words.voided, voided.formatted] as const]),
  ];
};

/** The same for a customer, with a sentence that says when the money is taken. */
export function HeldMoney({ of }: { readonly of: Held }) {
  const words = useHeldWords();
  return (
    <>
      {useHeldFacts(of).map(([title, value]) => (
        <Fragment key={title}>
          <dt>{title}</dt>
          <dd>
            {value}
            {title === words.held && <p className="help">{words.about}</p>}
          </dd>
        </Fragment>
      ))}
    </>
  );
}

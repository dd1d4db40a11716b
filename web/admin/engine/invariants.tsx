import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { graphql, useAction, useSend, useShown, type ResultOf } from '../../api';
import { ActionButton } from '../../ui/form';
import { useEvery } from '../../ui/every';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Loaded } from '../../ui/states';

const checkFields = graphql(`
  fragment InvariantCheckFields on InvariantCheck @_unmask {
    progress
    failure
    head
    invariants {
      id
      statement
      state
      checkedAt
      position
      lookedAt
      unit
      note
      breachCount
      breaches {
        subject
        detail
        stream
      }
    }
  }
`);

const invariantsQuery = graphql(
  `
    query Invariants {
      invariants {
        ...InvariantCheckFields
      }
    }
  `,
  [checkFields],
);

const checkInvariants = graphql(
  `
    mutation CheckInvariants($input: CheckInvariantsInput!) {
      checkInvariants(input: $input) {
        __typename
        ... on CheckInvariantsSuccess {
          consistencyToken
          check {
            ...InvariantCheckFields
          }
        }
      }
    }
  `,
  [checkFields],
);

type Check = ResultOf<typeof checkFields>;
type Invariant = Check['invariants'][number];

const states: Readonly<Record<Invariant['state'], string>> = {
  NOT_CHECKED: 'Not checked',
  NO_BREACH: 'No breach found',
  BREACHED: 'Breached',
};

function Finding({ of }: { readonly of: Invariant }) {
  const { state, note, breachCount, breaches } = of;
  return (
    <>
      <strong className={state === 'BREACHED' ? 'problem' : undefined}>
        {states[state]}
        {breachCount > 0 && ` (${breachCount.toLocaleString()})`}
      </strong>
      {note !== null && <p className="help">{note}</p>}
      {breaches.length > 0 && (
        <ul>
          {breaches.map(({ subject, detail, stream }) => (
            <li key={`${subject} ${detail}`}>
              {stream === null ? (
                subject
              ) : (
                <Link to="/admin/engine/streams" search={{ stream }}>
                  {stream}
                </Link>
              )}
              : {detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const EVERY_MS = 2_000;
const CHECK_EVERY_MS = 10_000;

/** Tests whether there are events that no check has looked at. */
const hasNews = ({ head, progress, invariants }: Check): boolean =>
  progress === null && head !== null && invariants.every(({ position }) => position !== head);

/** Begins checks while it is switched on and the page is visible. It is off at first, because a check costs the server time. */
function Continually({ found, onBegun }: { readonly found: Check; readonly onBegun: () => void }) {
  const send = useSend(checkInvariants);
  const [isOn, setOn] = useState(false);
  const check = async (): Promise<void> => {
    if (hasNews(found) && (await send({}, null)).success) onBegun();
  };
  useEvery(CHECK_EVERY_MS, () => {
    if (isOn) void check();
  });
  return (
    <label>
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => {
          setOn(target.checked);
          if (target.checked) void check();
        }}
      />{' '}
      Check what is new every ten seconds while this page is open
    </label>
  );
}

/** The invariants, with what the last check has looked at and found; a check goes on where the last one ended. */
export function Invariants() {
  const shown = useShown(invariantsQuery, {});
  const { run, isRunning, problem } = useAction(checkInvariants);
  useEvery(EVERY_MS, shown.reload);
  const check = async (): Promise<void> => {
    if (await run({})) shown.reload();
  };
  return (
    <section aria-labelledby="invariants">
      <h2 id="invariants">Invariants</h2>
      <Loaded shown={shown.data === undefined ? shown : { ...shown, isStale: false }}>
        {({ invariants: found }) =>
          found && (
            <>
              <p>
                They hold at every moment, unless Waybill has a defect. A check looks at what is new since the
                last one, for a minute at most; the newest event is at {found.head ?? '–'}.
              </p>
              <div>
                <ActionButton label="Check now" action={{ isRunning, problem }} onRun={() => void check()} />{' '}
                <Continually found={found} onBegun={shown.reload} />
              </div>
              <p role="status">{found.progress ?? found.failure}</p>
              <Table
                caption="Findings of the last check"
                rows={found.invariants}
                keyOf={({ id }) => id}
                columns={[
                  { title: 'Number', cell: ({ id }) => id },
                  { title: 'Statement', cell: ({ statement }) => statement },
                  { title: 'Finding', cell: (invariant) => <Finding of={invariant} /> },
                  {
                    title: 'Looked at',
                    cell: ({ checkedAt, lookedAt, unit }) =>
                      checkedAt === null ? '–' : `${lookedAt.toLocaleString()} ${unit}`,
                    isFigure: true,
                  },
                  { title: 'Up to position', cell: ({ position }) => position ?? '–', isFigure: true },
                  {
                    title: 'Checked',
                    cell: ({ checkedAt }) => (checkedAt === null ? '–' : <Moment at={checkedAt} />),
                  },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

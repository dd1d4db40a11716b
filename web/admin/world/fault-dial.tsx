import { useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { Field, Form } from '../../ui/form';

const turnWorldFaults = graphql(
  `
    mutation TurnWorldFaults($input: TurnWorldFaultsInput!) {
      turnWorldFaults(input: $input) {
        __typename
        ... on TurnWorldFaultsSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const dials = [
  ['flakiness', 'Messages lost, in %', 99],
  ['duplicate', 'Messages that arrive twice, in %', 99],
  ['reorder', 'Messages that arrive after later ones, in %', 99],
  ['delayMsMax', 'Longest delay, in ms', 60_000],
  ['disconnect', 'Frames that break the connection, in %', 99],
] as const;

type Faults = Readonly<Record<(typeof dials)[number][0], number>>;

/** Five sliders that make the connection to the World simulator worse or better while it runs. */
export function FaultDial({ faults, onChange }: { readonly faults: Faults; readonly onChange: () => void }) {
  const action = useAction(turnWorldFaults);
  const [moved, setMoved] = useState<Partial<Faults>>({});
  const [isDone, setDone] = useState(false);
  const turn = async (): Promise<void> => {
    if (!(await action.run({ ...faults, ...moved }))) return;
    setDone(true);
    onChange();
  };
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">Fault dial</h2>
      <Form submit="Turn" isRunning={action.isRunning} problem={action.problem} onSubmit={() => void turn()}>
        {dials.map(([name, label, max]) => (
          <Field key={name} label={`${label}: ${(moved[name] ?? faults[name]).toLocaleString()}`}>
            {(control) => (
              <input
                {...control}
                type="range"
                min={0}
                max={max}
                value={moved[name] ?? faults[name]}
                onChange={({ target }) => {
                  setDone(false);
                  setMoved({ ...moved, [name]: target.valueAsNumber });
                }}
              />
            )}
          </Field>
        ))}
      </Form>
      <p role="status">{isDone && 'The faults are as shown.'}</p>
    </section>
  );
}

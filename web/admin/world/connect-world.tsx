import { useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { Form, Input } from '../../ui/form';

const connectWorld = graphql(
  `
    mutation ConnectWorld($input: ConnectWorldInput!) {
      connectWorld(input: $input) {
        __typename
        ... on ConnectWorldSuccess {
          consistencyToken
          world {
            id
            connected
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

/** Connects the platform to another World, after a warning. For administrators. */
export function ConnectWorld({
  current,
  onChange,
}: {
  readonly current: string | undefined;
  readonly onChange: () => void;
}) {
  const action = useAction(connectWorld);
  const [chosen, setChosen] = useState<string>();
  const connect = async (worldId: string): Promise<void> => {
    setChosen(undefined);
    if (!(await action.run({ worldId }))) return;
    setChosen(worldId);
    onChange();
  };
  return (
    <details className="panel">
      <summary>Connect to another World</summary>
      <p>
        Goods that the present World has packed do not exist in another one. A World that WAYBILL_WORLD names
        is connected again at the next start.
      </p>
      <Form
        submit="Connect"
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['worldId']}
        onSubmit={({ worldId = '' }) => void connect(worldId)}
      >
        <Input
          key={current}
          name="worldId"
          label="Number of the World"
          inputMode="numeric"
          defaultValue={current}
          required
          problem={action.problem}
        />
      </Form>
      <p role="status">{chosen !== undefined && `World ${chosen} is chosen. Its state is shown above.`}</p>
    </details>
  );
}

import { useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { AddressInputs, addressInputNames, addressOf } from '../../ui/address-inputs';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { orderFields, type StaffOrder } from './order-fields';

const changeDestination = graphql(
  `
    mutation StaffChangeDestination($input: ChangeDestinationInput!) {
      changeDestination(input: $input) {
        __typename
        ... on ChangeDestinationSuccess {
          consistencyToken
          order {
            ...StaffOrder
          }
        }
        ...Rejection
      }
    }
  `,
  [orderFields, rejection],
);

const kinds = { address: 'A postal address', place: 'A place on the grid' } as const;
type Kind = keyof typeof kinds;

const wishOf = (kind: Kind, typed: Typed) =>
  kind === 'address'
    ? { address: addressOf(typed), destination: null }
    : { address: null, destination: { x: Number(typed['x']), y: Number(typed['y']) } };

/** The choice of a new destination: a postal address, or a place on the grid. It begins with the present one. */
export function ChangeDestination({
  order,
  countries,
}: {
  readonly order: StaffOrder;
  readonly countries: readonly string[];
}) {
  const action = useAction(changeDestination);
  const [kind, setKind] = useState<Kind>(order.shipTo === null ? 'place' : 'address');
  const { x, y } = order.destination;
  return (
    <details className="panel">
      <summary>Change the destination</summary>
      <Form
        submit="Change the destination"
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['x', 'y', ...addressInputNames]}
        onSubmit={(typed) => void action.run({ orderId: order.id, ...wishOf(kind, typed) })}
      >
        <Select
          name="kind"
          label="Deliver to"
          value={kind}
          onChange={(chosen) => setKind(chosen === 'address' ? 'address' : 'place')}
          options={(['address', 'place'] as const).map((each) => [each, kinds[each]] as const)}
        />
        {kind === 'address' ? (
          <AddressInputs of={order.shipTo ?? undefined} countries={countries} problem={action.problem} />
        ) : (
          <>
            <Input key={`x ${x}`} name="x" label="East (x)" type="number" defaultValue={x} required />
            <Input key={`y ${y}`} name="y" label="North (y)" type="number" defaultValue={y} required />
          </>
        )}
      </Form>
    </details>
  );
}

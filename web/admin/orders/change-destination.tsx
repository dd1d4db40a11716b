import { Fragment, useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { AddressInputs, addressInputNames, addressOf } from '../../ui/address-inputs';
import { NowSays, settle, useBeginning, useSeen } from '../../ui/changed';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { deliverySeen, PostalAddress } from '../../ui/postal-address';
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
  onRefused,
}: {
  readonly order: StaffOrder;
  readonly countries: readonly string[];
  /** Shows the order as it is now. */
  readonly onRefused: () => void;
}) {
  const action = useAction(changeDestination);
  const [kind, setKind] = useState<Kind>(order.shipTo === null ? 'place' : 'address');
  const now = deliverySeen(order);
  const beginning = useBeginning(now);
  const { seen, begin, end } = useSeen(now);
  const change = async (typed: Typed): Promise<void> => {
    const done = await action.run({ orderId: order.id, ...wishOf(kind, typed), expected: seen });
    end();
    settle(done, beginning, onRefused);
  };
  // What was typed stays when the order is redirected meanwhile, and is not sent as if that had been seen.
  const noteInput = (): void => {
    beginning.keep();
    begin();
  };
  const { x, y } = order.destination;
  return (
    <details className="panel" onChange={noteInput}>
      <summary>Change the destination</summary>
      <Form
        submit="Change the destination"
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['x', 'y', ...addressInputNames]}
        onSubmit={(typed) => void change(typed)}
      >
        <Select
          name="kind"
          label="Deliver to"
          value={kind}
          onChange={(chosen) => setKind(chosen === 'address' ? 'address' : 'place')}
          options={(['address', 'place'] as const).map((each) => [each, kinds[each]] as const)}
        />
        <Fragment key={beginning.key}>
          {kind === 'address' ? (
            <AddressInputs of={order.shipTo ?? undefined} countries={countries} problem={action.problem} />
          ) : (
            <>
              <Input name="x" label="East (x)" type="number" defaultValue={x} required />
              <Input name="y" label="North (y)" type="number" defaultValue={y} required />
            </>
          )}
        </Fragment>
      </Form>
      <NowSays
        problem={action.problem}
        of={[
          ['Place', `${x}, ${y}`],
          ['Address', order.shipTo && <PostalAddress key="address" of={order.shipTo} />],
        ]}
      />
    </details>
  );
}

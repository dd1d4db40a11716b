import { graphql, rejection, useAction, useShown } from '../../api';
import { Form, Select } from '../../ui/form';
import { orderFields, type StaffShipment } from '../orders/order-fields';

const activeWarehouses = graphql(`
  query ActiveWarehouses {
    warehouses {
      id
      name
      active
    }
  }
`);

const moveShipment = graphql(
  `
    mutation MoveShipment($input: MoveShipmentInput!) {
      moveShipment(input: $input) {
        __typename
        ... on MoveShipmentSuccess {
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

/** The choice of another warehouse for the goods of a failed shipment. */
export function MoveShipment({ of: { id, warehouse } }: { readonly of: StaffShipment }) {
  const shown = useShown(activeWarehouses, {});
  const action = useAction(moveShipment);
  const others = (shown.data?.warehouses ?? []).filter((each) => each.active && each.id !== warehouse?.id);
  if (others.length === 0) return null;
  return (
    <details className="panel">
      <summary>Send from another warehouse</summary>
      <p>This shipment is cancelled. The other warehouse buys goods that it does not have.</p>
      <Form
        submit="Send from this warehouse"
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={({ warehouseId = '' }) => void action.run({ shipmentId: id, warehouseId })}
      >
        <Select
          name="warehouseId"
          label="Warehouse"
          options={others.map((each) => [each.id, each.name] as const)}
        />
      </Form>
    </details>
  );
}

import { graphql, rejection, useAction } from '../../api';
import { ActionButton } from '../../ui/form';

const deactivate = graphql(
  `
    mutation DeactivateWarehouse($input: DeactivateWarehouseInput!) {
      deactivateWarehouse(input: $input) {
        __typename
        ... on DeactivateWarehouseSuccess {
          consistencyToken
          warehouse {
            id
            active
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const reactivate = graphql(
  `
    mutation ReactivateWarehouse($input: ReactivateWarehouseInput!) {
      reactivateWarehouse(input: $input) {
        __typename
        ... on ReactivateWarehouseSuccess {
          consistencyToken
          warehouse {
            id
            active
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

/** Takes a warehouse out of service, or back into it. */
export function WarehouseSwitch({
  of: { id, name, active },
}: {
  readonly of: { readonly id: string; readonly name: string; readonly active: boolean };
}) {
  const off = useAction(deactivate);
  const on = useAction(reactivate);
  const action = active ? off : on;
  return (
    <ActionButton
      label={`${active ? 'Deactivate' : 'Reactivate'} ${name}`}
      action={action}
      onRun={() => void action.run({ warehouseId: id })}
    />
  );
}

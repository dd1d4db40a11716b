import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { graphql, rejection, useAction, useShown } from '../../api';
import { Form, Input, type Typed } from '../../ui/form';
import { GridMap } from '../../ui/grid-map';
import { Table } from '../../ui/list';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { WarehouseSwitch } from './warehouse-switch';

const warehousesQuery = graphql(`
  query StaffWarehouses {
    warehouses {
      id
      name
      x
      y
      active
    }
  }
`);

const registerWarehouse = graphql(
  `
    mutation RegisterWarehouse($input: RegisterWarehouseInput!) {
      registerWarehouse(input: $input) {
        __typename
        ... on RegisterWarehouseSuccess {
          consistencyToken
          warehouse {
            id
            name
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Point = { readonly x: number; readonly y: number };

function AddWarehouse({
  at,
  onPick,
}: {
  readonly at: Point | undefined;
  readonly onPick: (at: Point | undefined) => void;
}) {
  const action = useAction(registerWarehouse);
  const [added, setAdded] = useState<string>();
  const add = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setAdded(undefined);
    const name = typed['name'] ?? '';
    if (!(await action.run({ name, x: Number(typed['x']), y: Number(typed['y']) }))) return;
    setAdded(name);
    onPick(undefined);
    form.reset();
  };
  const moved = (axis: 'x' | 'y', value: number): void => {
    if (Number.isInteger(value)) onPick({ x: at?.x ?? 0, y: at?.y ?? 0, [axis]: value });
  };
  return (
    <section aria-labelledby="add">
      <h2 id="add">Add a warehouse</h2>
      <p>Click a place on the map, move with the arrow keys, or type the coordinates.</p>
      <Form
        submit="Add the warehouse"
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['name']}
        onSubmit={(typed, form) => void add(typed, form)}
      >
        <Input name="name" label="Name" required maxLength={200} problem={action.problem} />
        {(['x', 'y'] as const).map((axis) => (
          <Input
            key={axis}
            name={axis}
            label={axis === 'x' ? 'East (x)' : 'North (y)'}
            type="number"
            required
            value={at?.[axis] ?? ''}
            onChange={({ target }) => moved(axis, target.valueAsNumber)}
          />
        ))}
      </Form>
      <p role="status">{added !== undefined && `${added} is registered.`}</p>
    </section>
  );
}

/** The warehouses on the map and as a table; a click on the map is the place of a new one. */
export function WarehousesPage() {
  const shown = useShown(warehousesQuery, {});
  const [picked, setPicked] = useState<Point>();
  return (
    <Page title="Warehouses">
      <Loaded shown={shown}>
        {({ warehouses }) => (
          <>
            <GridMap
              label="Map of the warehouses; choose the place of a new one"
              marks={[
                ...(warehouses ?? []).map(({ id, name, x, y }) => ({
                  ...{ id, x, y, label: name },
                  kind: 'warehouse' as const,
                })),
                ...(picked ? [{ id: 'new', label: 'New', kind: 'home' as const, ...picked }] : []),
              ]}
              picked={picked}
              onPick={setPicked}
            />
            <AddWarehouse at={picked} onPick={setPicked} />
            {warehouses?.length === 0 && <Empty>There are no warehouses. Add one on the map.</Empty>}
            <Table
              caption="Warehouses"
              rows={warehouses ?? []}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: 'Name',
                  cell: ({ id, name }) => (
                    <Link to="/admin/warehouses/$id" params={{ id }}>
                      {name}
                    </Link>
                  ),
                },
                { title: 'Place', cell: ({ x, y }) => `${x}, ${y}` },
                { title: 'State', cell: ({ active }) => (active ? 'Active' : 'Inactive') },
                { title: 'Change', cell: (warehouse) => <WarehouseSwitch of={warehouse} /> },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

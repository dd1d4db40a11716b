import { useState } from 'react';
import { graphql, rejection, useAction, type Action } from '../../api';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { SetThreshold, type Choice } from './low-stock-threshold';

const receiveStock = graphql(
  `
    mutation ReceiveStock($input: ReceiveStockInput!) {
      receiveStock(input: $input) {
        __typename
        ... on ReceiveStockSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const removeStock = graphql(
  `
    mutation RemoveStock($input: RemoveStockInput!) {
      removeStock(input: $input) {
        __typename
        ... on RemoveStockSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const replenish = graphql(
  `
    mutation Replenish($input: ReplenishInput!) {
      replenish(input: $input) {
        __typename
        ... on ReplenishSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Movement = { readonly productId: string; readonly quantity: number; readonly reason: string };

function Move({
  title,
  help,
  products,
  action,
  withReason = false,
  onMove,
}: {
  readonly title: string;
  readonly help: string;
  readonly products: readonly Choice[];
  readonly action: Pick<Action<never, never>, 'isRunning' | 'problem'>;
  readonly withReason?: boolean;
  readonly onMove: (movement: Movement) => Promise<boolean>;
}) {
  const [isDone, setDone] = useState(false);
  const move = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(false);
    const { productId = '', quantity, reason = '' } = typed;
    if (!(await onMove({ productId, quantity: Number(quantity), reason }))) return;
    setDone(true);
    form.reset();
  };
  return (
    <details className="panel">
      <summary>{title}</summary>
      <p>{help}</p>
      <Form
        submit={title}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['quantity', 'reason']}
        onSubmit={(typed, form) => void move(typed, form)}
      >
        <Select
          name="productId"
          label="Product"
          options={products.map(({ id, name }) => [id, name] as const)}
        />
        <Input name="quantity" label="Pieces" type="number" min={1} required problem={action.problem} />
        {withReason && <Input name="reason" label="Reason" required problem={action.problem} />}
      </Form>
      <p role="status">{isDone && 'Done.'}</p>
    </details>
  );
}

/** The actions of staff on the stock of a warehouse. `onChange` is called after each change. */
export function StockActions({
  warehouseId,
  products,
  product,
  onFind,
  onChange,
}: {
  readonly warehouseId: string;
  /** Those of the catalogue that fit `product`. */
  readonly products: readonly Choice[];
  readonly product: string | undefined;
  readonly onFind: (product: string | undefined) => void;
  readonly onChange: () => void;
}) {
  const receiving = useAction(receiveStock);
  const removing = useAction(removeStock);
  const replenishing = useAction(replenish);
  const told = (success: object | undefined): boolean => {
    if (success) onChange();
    return success !== undefined;
  };
  return (
    <section aria-labelledby="stock-actions">
      <h2 id="stock-actions">Change the stock</h2>
      <search>
        <Form
          submit="Find"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => onFind(typed['product'] || undefined)}
        >
          <Input
            key={product}
            name="product"
            type="search"
            label="Find a product for the forms below"
            defaultValue={product}
          />
        </Form>
      </search>
      <Move
        title="Replenish"
        help="The World is asked to send goods; they are in stock when they arrive."
        products={products}
        action={replenishing}
        onMove={async ({ productId, quantity }) =>
          told(await replenishing.run({ warehouseId, productId, quantity }))
        }
      />
      <Move
        title="Receive"
        help="Goods that have arrived are added."
        products={products}
        action={receiving}
        onMove={async ({ productId, quantity }) =>
          told(await receiving.run({ warehouseId, productId, quantity }))
        }
      />
      <Move
        title="Remove"
        help="Goods that are broken, lost or miscounted are written off."
        products={products}
        action={removing}
        withReason
        onMove={async (movement) => told(await removing.run({ warehouseId, ...movement }))}
      />
      <SetThreshold warehouseId={warehouseId} products={products} onChange={onChange} />
    </section>
  );
}

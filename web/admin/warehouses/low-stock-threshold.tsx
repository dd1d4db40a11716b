import { useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { Form, Input, Select } from '../../ui/form';

const setLowStockThreshold = graphql(
  `
    mutation SetLowStockThreshold($input: SetLowStockThresholdInput!) {
      setLowStockThreshold(input: $input) {
        __typename
        ... on SetLowStockThresholdSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

/** A product that can be chosen. */
export type Choice = { readonly id: string; readonly name: string };

/** The threshold of one product in one warehouse, which can be changed in place. */
export function ChangeThreshold({
  warehouseId,
  product: { id: productId, name },
  threshold,
  onChange,
}: {
  readonly warehouseId: string;
  readonly product: Choice;
  readonly threshold: number | null;
  readonly onChange: () => void;
}) {
  const { run, isRunning, problem } = useAction(setLowStockThreshold);
  const change = async (typed: string): Promise<void> => {
    if (await run({ warehouseId, productId, threshold: Number(typed) })) onChange();
  };
  return (
    <Form
      submit="Set"
      isRunning={isRunning}
      problem={problem}
      fields={['threshold']}
      onSubmit={({ threshold: typed = '' }) => void change(typed)}
    >
      <Input
        key={threshold}
        name="threshold"
        label={`Low-stock threshold of ${name}`}
        type="number"
        min={0}
        defaultValue={threshold ?? undefined}
        required
        problem={problem}
      />
    </Form>
  );
}

/** Sets the threshold of any product in a warehouse. */
export function SetThreshold({
  warehouseId,
  products,
  onChange,
}: {
  readonly warehouseId: string;
  readonly products: readonly Choice[];
  readonly onChange: () => void;
}) {
  const { run, isRunning, problem } = useAction(setLowStockThreshold);
  const [isDone, setDone] = useState(false);
  const set = async (productId: string, typed: string, form: HTMLFormElement): Promise<void> => {
    setDone(false);
    if (!(await run({ warehouseId, productId, threshold: Number(typed) }))) return;
    setDone(true);
    form.reset();
    onChange();
  };
  return (
    <details className="panel">
      <summary>Set a low-stock threshold</summary>
      <p>With fewer pieces on hand the stock counts as low. With 0 it never does.</p>
      <Form
        submit="Set the threshold"
        isRunning={isRunning}
        problem={problem}
        fields={['threshold']}
        onSubmit={({ productId = '', threshold = '' }, form) => void set(productId, threshold, form)}
      >
        <Select
          name="productId"
          label="Product"
          options={products.map(({ id, name }) => [id, name] as const)}
        />
        <Input name="threshold" label="Threshold" type="number" min={0} required problem={problem} />
      </Form>
      <p role="status">{isDone && 'Done.'}</p>
    </details>
  );
}

import { useState, type ReactNode } from 'react';
import { useAction, useSend, useShown, type Problem } from '../api';
import { registerProduct } from '../seller/mutations';
import { useTexts } from '../text';
import { NowSays, settle, useBeginning } from '../ui/changed';
import { ActionButton, Form, Input, Select, type Typed } from '../ui/form';
import { Table } from '../ui/list';
import { moneyOf } from '../ui/money';
import { Page } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { GRID_ROWS_MAX, keyOfValues, missingCombinations } from './combinations';
import { DescribeFamily } from './describe-family';
import {
  addVariant,
  changeVariant,
  familyQuery,
  removeVariant,
  retireFamily,
  type Family,
  type Variant,
} from './documents';
import { useFamilyWords } from './words';

type OfFamily = { readonly family: Family };
/** `onRefused` shows the family as it is now. */
type Refusable = { readonly onRefused: () => void };
type KnownProduct = NonNullable<Variant['product']>;

function ChangeValues({
  family: { id: familyId, options },
  values,
  product,
  onRefused,
}: OfFamily & Refusable & { readonly values: readonly string[]; readonly product: KnownProduct }) {
  const words = useFamilyWords();
  const action = useAction(changeVariant);
  const beginning = useBeginning(values);
  const change = async (typed: Typed): Promise<void> => {
    const done = await action.run({
      ...{ familyId, productId: product.id, expected: [...values] },
      values: options.map((_, index) => typed[`value${index}`] ?? ''),
    });
    settle(done, beginning, onRefused);
  };
  return (
    <details>
      <summary>{words.change(product.fullName)}</summary>
      <Form
        submit={words.save}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={(typed) => void change(typed)}
      >
        {options.map(({ name, values: known }, index) => (
          <Select
            key={`${name} ${beginning.key}`}
            name={`value${index}`}
            label={name}
            options={known.map((value) => [value, value] as const)}
            value={values[index]}
          />
        ))}
        <NowSays problem={action.problem} of={options.map(({ name }, index) => [name, values[index]])} />
      </Form>
    </details>
  );
}

function Remove({
  family: { id: familyId },
  product: { id: productId, fullName },
}: OfFamily & { readonly product: KnownProduct }) {
  const words = useFamilyWords();
  const action = useAction(removeVariant);
  return (
    <ActionButton
      label={words.remove(fullName)}
      action={action}
      onRun={() => void action.run({ familyId, productId })}
    />
  );
}

function Variants({
  family,
  linkTo,
  onRefused,
}: OfFamily & Refusable & { readonly linkTo: (product: KnownProduct) => ReactNode }) {
  const words = useFamilyWords();
  const rows = family.variants.flatMap(({ product, values }) => (product ? [{ product, values }] : []));
  return (
    <section aria-labelledby="variants">
      <h2 id="variants">{words.variants}</h2>
      {rows.length === 0 ? (
        <Empty>{words.noVariants}</Empty>
      ) : (
        <Table
          caption={`${words.variants}: ${words.sku}, ${words.price}`}
          rows={rows}
          keyOf={({ product }) => product.id}
          columns={[
            { title: words.product, cell: ({ product }) => linkTo(product) },
            { title: words.sku, cell: ({ product }) => product.sku },
            { title: words.price, cell: ({ product }) => product.price.formatted, isFigure: true },
            {
              title: words.available,
              cell: ({ product }) => product.availability.available.toLocaleString(),
              isFigure: true,
            },
            { title: words.state, cell: ({ product }) => (product.active ? words.sold : words.notSold) },
            {
              title: words.action,
              cell: ({ product, values }) => (
                <>
                  <ChangeValues family={family} product={product} values={values} onRefused={onRefused} />
                  <Remove family={family} product={product} />
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

type Row = { readonly key: string; readonly values: readonly string[]; readonly text: string };

/** Registers products and adds them to a family. One of the same seller that exists is added as it is. */
const useAddRow = ({ id: familyId, name, seller, variants }: Family) => {
  const words = useFamilyWords();
  const register = useSend(registerProduct);
  const add = useSend(addVariant);
  const description = variants[0]?.product?.description ?? '';
  return async ({ key, values }: Row, typed: Typed): Promise<Problem | undefined> => {
    const { category = '', currency = '' } = typed;
    const price = moneyOf(typed[`price ${key}`] ?? '', currency);
    if (price === undefined) return { code: 'INPUT_INVALID', message: words.notAnAmount, field: 'price' };
    const facts = {
      sku: typed[`sku ${key}`] ?? '',
      name,
      description,
      category,
      price,
      sellerId: seller?.id,
    };
    let registered = await register(facts);
    // Where the read models do not show the product yet, the answer to a repeat names it.
    if (registered.success && !registered.success.product) registered = await register(facts);
    const { success } = registered;
    const known = success === undefined ? registered.answer : undefined;
    const productId =
      success?.product?.id ??
      (known?.__typename === 'ProductAlreadyRegisteredError' ? known.productId : undefined);
    if (productId === undefined) return success === undefined ? registered.problem : undefined;
    const added = await add({ familyId, productId, values: [...values] });
    return added.success ? undefined : added.problem;
  };
};

function GridTable({
  options,
  rows,
  problems,
}: {
  readonly options: Family['options'];
  readonly rows: readonly Row[];
  readonly problems: ReadonlyMap<string, string>;
}) {
  const words = useFamilyWords();
  return (
    <Table
      caption={`${words.grid}: ${words.sku}, ${words.price}`}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        ...options.map(({ name }, index) => ({
          title: name,
          cell: ({ values }: Row) => values[index] ?? '',
        })),
        {
          title: words.sku,
          cell: ({ key, text }) => (
            <input name={`sku ${key}`} aria-label={words.skuOf(text)} maxLength={100} />
          ),
        },
        {
          title: words.price,
          cell: ({ key, text }) => (
            <input name={`price ${key}`} aria-label={words.priceOf(text)} inputMode="decimal" />
          ),
        },
        {
          title: words.result,
          cell: ({ key }) => problems.has(key) && <small className="problem">{problems.get(key)}</small>,
        },
      ]}
    />
  );
}

function Grid({ family }: OfFamily) {
  const words = useFamilyWords();
  const { reasonOf } = useTexts();
  const addRow = useAddRow(family);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [added, setAdded] = useState<number>();
  const [isRunning, setRunning] = useState(false);
  const taken = family.variants.map(({ values }) => values);
  const rows = missingCombinations(family.options, taken).map((values): Row => {
    return { key: keyOfValues(values), values, text: values.join(', ') };
  });
  const first = family.variants[0]?.product;

  const addAll = async (typed: Typed): Promise<void> => {
    setRunning(true);
    setAdded(undefined);
    const failed = new Map<string, string>();
    let count = 0;
    for (const row of rows.filter(({ key }) => typed[`sku ${key}`])) {
      const problem = await addRow(row, typed);
      if (problem === undefined) count += 1;
      else failed.set(row.key, reasonOf(problem.code, problem.message));
    }
    setProblems(failed);
    setAdded(count);
    setRunning(false);
  };

  if (rows.length === 0) return <Empty>{words.full}</Empty>;
  return (
    <section className="panel" aria-labelledby="grid">
      <h2 id="grid">{words.grid}</h2>
      <p>{words.gridHelp}</p>
      {rows.length === GRID_ROWS_MAX && <p>{words.more(GRID_ROWS_MAX)}</p>}
      <Form
        submit={words.add}
        isRunning={isRunning}
        problem={undefined}
        onSubmit={(typed) => void addAll(typed)}
      >
        <Input
          name="category"
          label={words.category}
          defaultValue={first?.category}
          required
          maxLength={100}
        />
        <Input
          name="currency"
          label={words.currency}
          defaultValue={first?.price.currency}
          pattern="[A-Z]{3}"
          maxLength={3}
          required
        />
        <GridTable options={family.options} rows={rows} problems={problems} />
      </Form>
      <p role="status">{added !== undefined && words.added(added)}</p>
    </section>
  );
}

function Retire({ family: { id: familyId }, onRetired }: OfFamily & { readonly onRetired: () => void }) {
  const words = useFamilyWords();
  const action = useAction(retireFamily);
  const retire = async (): Promise<void> => {
    if (await action.run({ familyId })) onRetired();
  };
  return (
    <details className="panel">
      <summary>{words.retire}</summary>
      <p>{words.retireHelp}</p>
      <ActionButton label={words.retireForGood} action={action} onRun={() => void retire()} />
    </details>
  );
}

/** A family with its products, the combinations that have none, and its options. */
export function FamilyPage({
  id,
  sellerId,
  linkTo,
  back,
  onRetired,
}: {
  readonly id: string;
  /** The seller whose families alone are shown; undefined for staff, who keep all. */
  readonly sellerId?: string | undefined;
  readonly linkTo: (product: KnownProduct) => ReactNode;
  readonly back: ReactNode;
  readonly onRetired: () => void;
}) {
  const words = useFamilyWords();
  const shown = useShown(familyQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ productFamily: family }) =>
        family && (sellerId === undefined || family.seller?.id === sellerId) ? (
          <Page title={family.name}>
            <p>{back}</p>
            <Variants family={family} linkTo={linkTo} onRefused={shown.reload} />
            <Grid family={family} />
            <DescribeFamily family={family} onRefused={shown.reload} />
            <Retire family={family} onRetired={onRetired} />
          </Page>
        ) : (
          <Page title={words.notFound}>{back}</Page>
        )
      }
    </Loaded>
  );
}

import { useState } from 'react';
import { graphql, rejection, useAction, type Problem } from '../../api';
import { Form, Input, type Typed } from '../../ui/form';
import { moneyOf } from '../../ui/money';

const createPromotion = graphql(
  `
    mutation CreatePromotion($input: CreatePromotionInput!) {
      createPromotion(input: $input) {
        __typename
        ... on CreatePromotionSuccess {
          consistencyToken
          promotion {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const sumFields = ['amount', 'discountMax', 'minimum'] as const;

const fields = [
  ...['name', 'coupon', 'percent', ...sumFields, 'currency', 'productIds', 'categories'],
  ...['startsAt', 'endsAt', 'usesMax', 'usesOfCustomerMax'],
];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const productIdsOf = ({ productIds = '' }: Typed): readonly string[] =>
  productIds.split(/[\s,]+/).filter((id) => id !== '');

const wrong = (field: string, message: string): Problem => ({ code: 'INPUT_INVALID', message, field });

/** Returns what cannot be sent as it was typed; undefined where the server can decide. */
const wrongOf = (typed: Typed): Problem | undefined => {
  const sums = sumFields.filter((field) => typed[field]);
  const { currency = '' } = typed;
  if (sums.length > 0 && !/^[A-Z]{3}$/.test(currency))
    return wrong('currency', 'Type the currency of the amounts as three capital letters.');
  const noAmount = sums.find((field) => moneyOf(typed[field] ?? '', currency) === undefined);
  if (noAmount !== undefined) return wrong(noAmount, 'Type an amount such as 12.50.');
  const noId = productIdsOf(typed).find((id) => !UUID.test(id));
  return noId === undefined ? undefined : wrong('productIds', `${noId} is not the ID of a product.`);
};

const countOf = (text: string | undefined): number | null => (text ? Number(text) : null);
const momentOf = (text: string | undefined): string | null => (text ? new Date(text).toISOString() : null);
const filledOf = (texts: readonly string[]): string[] | null => (texts.length === 0 ? null : [...texts]);

const inputOf = (typed: Typed) => {
  const { name = '', coupon, currency = '', categories = '' } = typed;
  const sumOf = (field: (typeof sumFields)[number]) => moneyOf(typed[field] ?? '', currency) ?? null;
  const names = categories.split(',').map((category) => category.trim());
  return {
    name,
    coupon: coupon || null,
    percent: countOf(typed['percent']),
    discountMax: sumOf('discountMax'),
    amount: sumOf('amount'),
    minimum: sumOf('minimum'),
    productIds: filledOf(productIdsOf(typed)),
    categories: filledOf(names.filter((category) => category !== '')),
    startsAt: momentOf(typed['startsAt']),
    endsAt: momentOf(typed['endsAt']),
    usesMax: countOf(typed['usesMax']),
    usesOfCustomerMax: countOf(typed['usesOfCustomerMax']),
  };
};

type Props = { readonly problem: Problem | undefined };

function Discount({ problem }: Props) {
  return (
    <fieldset>
      <legend>Discount</legend>
      <Input
        name="percent"
        type="number"
        label="Percentage"
        help="Either a percentage, 1 to 100, or an amount"
        min={1}
        max={100}
        problem={problem}
      />
      <Input
        name="discountMax"
        label="Highest discount of the percentage"
        inputMode="decimal"
        problem={problem}
      />
      <Input name="amount" label="Amount" inputMode="decimal" problem={problem} />
      <Input
        name="minimum"
        label="Minimum"
        help="The lowest price of its goods at which it applies"
        inputMode="decimal"
        problem={problem}
      />
      <Input
        name="currency"
        label="Currency of the amounts"
        help="Three letters, such as GBP"
        maxLength={3}
        problem={problem}
      />
    </fieldset>
  );
}

function Goods({ problem }: Props) {
  return (
    <fieldset>
      <legend>Goods: all, if none are named</legend>
      <Input
        name="productIds"
        label="IDs of products"
        help="With commas between them; the address of a product’s page ends with its ID"
        problem={problem}
      />
      <Input name="categories" label="Categories" help="With commas between them" problem={problem} />
    </fieldset>
  );
}

function Limits({ problem }: Props) {
  const help = 'In the time zone of this browser';
  return (
    <fieldset>
      <legend>Time and limits: none, if empty</legend>
      <Input name="startsAt" type="datetime-local" label="From" help={help} problem={problem} />
      <Input name="endsAt" type="datetime-local" label="Until" help={help} problem={problem} />
      <Input name="usesMax" type="number" label="Orders in all" min={1} max={100_000} problem={problem} />
      <Input
        name="usesOfCustomerMax"
        type="number"
        label="Orders of one customer"
        min={1}
        max={100_000}
        problem={problem}
      />
    </fieldset>
  );
}

/** A form that creates a promotion, with each rejection at its field. */
export function CreatePromotion() {
  const action = useAction(createPromotion);
  const [typedWrong, setTypedWrong] = useState<Problem>();
  const [done, setDone] = useState<string>();
  const problem = typedWrong ?? action.problem;
  const create = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    const found = wrongOf(typed);
    setTypedWrong(found);
    if (found !== undefined || !(await action.run(inputOf(typed)))) return;
    setDone(`${typed['name'] ?? ''} is created.`);
    form.reset();
  };
  return (
    <details className="panel">
      <summary>Create a promotion</summary>
      <p>Its rule cannot be changed afterwards, and its code cannot be used for another promotion.</p>
      <Form
        submit="Create the promotion"
        isRunning={action.isRunning}
        problem={problem}
        fields={fields}
        onSubmit={(typed, form) => void create(typed, form)}
      >
        <Input name="name" label="Name" help="Customers see it" required maxLength={200} problem={problem} />
        <Input
          name="coupon"
          label="Code"
          help="Without a code, the promotion applies by itself"
          maxLength={100}
          problem={problem}
        />
        <Discount problem={problem} />
        <Goods problem={problem} />
        <Limits problem={problem} />
      </Form>
      <p role="status">{done}</p>
    </details>
  );
}

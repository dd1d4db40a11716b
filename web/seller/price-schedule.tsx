import { useState } from 'react';
import {
  graphql,
  readFragment,
  rejection,
  useAction,
  type FragmentOf,
  type Problem,
  type ResultOf,
} from '../api';
import { ActionButton, Form, Input, type Typed } from '../ui/form';
import { Table } from '../ui/list';
import { Moment } from '../ui/moment';
import { moneyOf } from '../ui/money';
import { ownPrices } from './price-history';
import { usePriceWords } from './price-words';
import { ownProduct } from './product-fields';
import { useSellerWords } from './words';

const schedulePrice = graphql(
  `
    mutation SchedulePrice($input: SchedulePriceInput!) {
      schedulePrice(input: $input) {
        __typename
        ... on SchedulePriceSuccess {
          consistencyToken
          product {
            ...OwnProduct
            ...OwnPrices
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, ownPrices, rejection],
);

const cancelScheduledPrice = graphql(
  `
    mutation CancelScheduledPrice($input: CancelScheduledPriceInput!) {
      cancelScheduledPrice(input: $input) {
        __typename
        ... on CancelScheduledPriceSuccess {
          consistencyToken
          product {
            ...OwnProduct
            ...OwnPrices
          }
        }
        ...Rejection
      }
    }
  `,
  [ownProduct, ownPrices, rejection],
);

/** Returns the moment that was typed in the visitor's time zone. */
const momentOf = (typed: string | undefined): string | undefined =>
  typed ? new Date(typed).toISOString() : undefined;

function Cancel({ productId, scheduleId }: { readonly productId: string; readonly scheduleId: string }) {
  const words = usePriceWords();
  const action = useAction(cancelScheduledPrice);
  return (
    <ActionButton
      label={words.cancel}
      action={action}
      onRun={() => void action.run({ productId, scheduleId })}
    />
  );
}

type ScheduledPrices = NonNullable<ResultOf<typeof ownPrices>['scheduledPrices']>;

function Scheduled({ of, productId }: { readonly of: ScheduledPrices; readonly productId: string }) {
  const words = usePriceWords();
  if (of.length === 0) return null;
  return (
    <Table
      caption={`${words.schedule}: ${words.price}`}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        { title: words.price, cell: ({ price }) => price.formatted, isFigure: true },
        { title: words.from, cell: ({ from }) => <Moment at={from} /> },
        {
          title: words.until,
          cell: ({ until }) => (until === null ? words.forGood : <Moment at={until} />),
        },
        { title: words.state, cell: ({ isRunning }) => (isRunning ? words.running : words.waiting) },
        { title: words.action, cell: ({ id }) => <Cancel productId={productId} scheduleId={id} /> },
      ]}
    />
  );
}

const fields = ['price', 'from', 'until'];

/** The scheduled prices of an own product, with a form for another one. */
export function PriceSchedule({
  of,
  productId,
  currency,
}: {
  readonly of: FragmentOf<typeof ownPrices>;
  readonly productId: string;
  readonly currency: string;
}) {
  const words = usePriceWords();
  const { notAnAmount } = useSellerWords();
  const { scheduledPrices } = readFragment(ownPrices, of);
  const action = useAction(schedulePrice);
  const [wrong, setWrong] = useState<Problem>();
  const schedule = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    const price = moneyOf(typed['price'] ?? '', currency);
    setWrong(price ? undefined : { code: 'INPUT_INVALID', message: notAnAmount, field: 'price' });
    if (!price) return;
    const [from, until] = [momentOf(typed['from']), momentOf(typed['until'])];
    if (await action.run({ productId, price, from, until })) form.reset();
  };
  const problem = wrong ?? action.problem;
  return (
    <section className="panel" aria-labelledby="price-schedule">
      <h2 id="price-schedule">{words.schedule}</h2>
      <Scheduled of={scheduledPrices ?? []} productId={productId} />
      <p>{words.scheduleHelp}</p>
      <Form
        submit={words.schedulePrice}
        isRunning={action.isRunning}
        problem={problem}
        fields={fields}
        onSubmit={(typed, form) => void schedule(typed, form)}
      >
        <Input
          name="price"
          label={words.scheduledPrice(currency)}
          inputMode="decimal"
          required
          problem={problem}
        />
        <Input
          name="from"
          type="datetime-local"
          label={words.begins}
          help={words.fromHelp}
          problem={problem}
        />
        <Input
          name="until"
          type="datetime-local"
          label={words.ends}
          help={words.untilHelp}
          problem={problem}
        />
      </Form>
    </section>
  );
}

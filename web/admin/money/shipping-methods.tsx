import { useState } from 'react';
import { graphql, rejection, useAction, useShown, type Problem, type ResultOf } from '../../api';
import { ActionButton, Form, Input, type Typed } from '../../ui/form';
import { Table } from '../../ui/list';
import { moneyOf } from '../../ui/money';
import { ForAccount, Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const methodsQuery = graphql(`
  query ShippingMethods {
    shippingMethods {
      id
      name
      base {
        formatted
      }
      perKilogram {
        formatted
      }
      perDistance {
        formatted
      }
      origin {
        x
        y
      }
      freeFrom {
        formatted
      }
    }
  }
`);

const offerMethod = graphql(
  `
    mutation OfferShippingMethod($input: OfferShippingMethodInput!) {
      offerShippingMethod(input: $input) {
        __typename
        ... on OfferShippingMethodSuccess {
          consistencyToken
          shippingMethod {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const withdrawMethod = graphql(
  `
    mutation WithdrawShippingMethod($input: WithdrawShippingMethodInput!) {
      withdrawShippingMethod(input: $input) {
        __typename
        ... on WithdrawShippingMethodSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Method = NonNullable<ResultOf<typeof methodsQuery>['shippingMethods']>[number];

const sumFields = ['base', 'perKilogram', 'perDistance', 'freeFrom'] as const;

const wrong = (field: string, message: string): Problem => ({ code: 'INPUT_INVALID', message, field });

/** Returns what cannot be sent as it was typed; undefined where the server can decide. */
const wrongOf = (typed: Typed): Problem | undefined => {
  const { currency = '', x, y } = typed;
  if (!/^[A-Z]{3}$/.test(currency))
    return wrong('currency', 'Type the currency of the amounts as three capital letters.');
  const noAmount = sumFields.find((field) => typed[field] && !moneyOf(typed[field], currency));
  if (noAmount !== undefined) return wrong(noAmount, 'Type an amount such as 12.50.');
  return Boolean(x) === Boolean(y) ? undefined : wrong(x ? 'y' : 'x', 'Type both coordinates, or none.');
};

const inputOf = ({ name = '', currency = '', x, y, ...typed }: Typed) => {
  const sumOf = (field: (typeof sumFields)[number]) => moneyOf(typed[field] ?? '', currency) ?? null;
  return {
    name,
    base: sumOf('base') ?? { amountMinor: 0, currency },
    perKilogram: sumOf('perKilogram'),
    perDistance: sumOf('perDistance'),
    origin: x && y ? { x: Number(x), y: Number(y) } : null,
    freeFrom: sumOf('freeFrom'),
  };
};

function Rates({ problem }: { readonly problem: Problem | undefined }) {
  const sum = { inputMode: 'decimal', problem } as const;
  return (
    <>
      <Input
        name="currency"
        label="Currency"
        help="Three letters, such as GBP. Carts of other currencies are not offered the method."
        maxLength={3}
        required
        problem={problem}
      />
      <Input name="base" label="Charge of every order" help="Nothing, if empty" {...sum} />
      <Input
        name="perKilogram"
        label="For each kilogram"
        help="In proportion to the grams. A product without a weight weighs nothing."
        {...sum}
      />
      <fieldset>
        <legend>Distance: not charged, if empty</legend>
        <Input name="perDistance" label="For each field of the map" {...sum} />
        <Input name="x" type="number" step={1} label="Measured from: east (x)" problem={problem} />
        <Input name="y" type="number" step={1} label="Measured from: north (y)" problem={problem} />
      </fieldset>
      <Input
        name="freeFrom"
        label="Free from"
        help="The price of the goods, after discounts, from which the method costs nothing"
        {...sum}
      />
    </>
  );
}

const fields = ['name', 'currency', ...sumFields, 'x', 'y'];

function OfferMethod() {
  const action = useAction(offerMethod);
  const [typedWrong, setTypedWrong] = useState<Problem>();
  const [done, setDone] = useState<string>();
  const given = typedWrong ?? action.problem;
  // A place is typed as two coordinates.
  const problem = given?.field === 'origin' ? { ...given, field: 'x' } : given;
  const offer = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    const found = wrongOf(typed);
    setTypedWrong(found);
    if (found !== undefined || !(await action.run(inputOf(typed)))) return;
    setDone(`${typed['name'] ?? ''} is offered.`);
    form.reset();
  };
  return (
    <details className="panel">
      <summary>Offer a method</summary>
      <p>
        From the first method on, customers have to choose one. Its rates cannot be changed: to change them,
        withdraw the method and offer another one.
      </p>
      <Form
        submit="Offer the method"
        isRunning={action.isRunning}
        problem={problem}
        fields={fields}
        onSubmit={(typed, form) => void offer(typed, form)}
      >
        <Input name="name" label="Name" help="Customers see it" required maxLength={200} problem={problem} />
        <Rates problem={problem} />
      </Form>
      <p role="status">{done}</p>
    </details>
  );
}

function Withdraw({ id, name }: Method) {
  const action = useAction(withdrawMethod);
  return (
    <details>
      <summary>Withdraw {name}</summary>
      <p>Orders that were placed with it keep their charge. This cannot be undone.</p>
      <ActionButton
        label={`Withdraw ${name} for good`}
        action={action}
        onRun={() => void action.run({ shippingMethodId: id })}
      />
    </details>
  );
}

function ShippingMethods() {
  const shown = useShown(methodsQuery, {});
  return (
    <Page title="Shipping methods">
      <OfferMethod />
      <Loaded shown={shown}>
        {({ shippingMethods: methods }) =>
          methods === null || methods.length === 0 ? (
            <Empty>No method is offered: orders are sent free of charge.</Empty>
          ) : (
            <Table
              caption="Methods that are offered"
              rows={methods}
              keyOf={({ id }) => id}
              columns={[
                { title: 'Name', cell: ({ name }) => name },
                { title: 'Every order', cell: ({ base }) => base.formatted, isFigure: true },
                { title: 'Each kilogram', cell: (of) => of.perKilogram?.formatted ?? '–', isFigure: true },
                {
                  title: 'Each field of distance',
                  cell: ({ perDistance, origin }) =>
                    perDistance && origin ? `${perDistance.formatted} from ${origin.x}, ${origin.y}` : '–',
                  isFigure: true,
                },
                { title: 'Free from', cell: (of) => of.freeFrom?.formatted ?? '–', isFigure: true },
                { title: 'Action', cell: (method) => <Withdraw {...method} /> },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The methods by which orders are sent, for staff to offer and withdraw. */
export function ShippingMethodsPage() {
  return (
    <ForAccount permission="shipping:change">
      <ShippingMethods />
    </ForAccount>
  );
}

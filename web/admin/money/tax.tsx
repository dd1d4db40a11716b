import { useState } from 'react';
import { graphql, rejection, useAction, useShown, type Problem, type ResultOf } from '../../api';
import { ActionButton, Form, Input, Select, type Typed } from '../../ui/form';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { useRate } from '../../ui/order-tax';
import { ForAccount, Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const ratesQuery = graphql(`
  query TaxRates {
    taxRates {
      id
      periods {
        from
        isTaxed
        isIncluded
        standard
        reduced
        superReduced
      }
    }
  }
`);

const setRates = graphql(
  `
    mutation SetTaxRates($input: SetTaxRatesInput!) {
      setTaxRates(input: $input) {
        __typename
        ... on SetTaxRatesSuccess {
          consistencyToken
          countryTax {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const withdrawRates = graphql(
  `
    mutation WithdrawTaxRates($input: WithdrawTaxRatesInput!) {
      withdrawTaxRates(input: $input) {
        __typename
        ... on WithdrawTaxRatesSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Country = NonNullable<ResultOf<typeof ratesQuery>['taxRates']>[number];
type Period = Country['periods'][number];

const rateFields = ['standard', 'reduced', 'superReduced'] as const;

/** Reads a typed percentage as hundredths: `5.5` is 550. Returns undefined where the text is none. */
const hundredthsOf = (text: string): number | undefined => {
  const [, whole, part = ''] = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole + part.padEnd(2, '0'));
};

/** Returns the rate that cannot be sent as it was typed; undefined where the server can decide. */
const wrongOf = (typed: Typed): Problem | undefined => {
  const field = rateFields.find((name) => typed[name] && hundredthsOf(typed[name]) === undefined);
  return field && { code: 'INPUT_INVALID', message: 'Type a percentage such as 19 or 5.5.', field };
};

const instantOf = (local: string | undefined): string | null =>
  local ? new Date(local).toISOString() : null;

const optionalRate = (text: string | undefined): number | null =>
  text ? (hundredthsOf(text) ?? null) : null;

const inputOf = ({ country = '', prices, standard = '', reduced, superReduced, from }: Typed) => ({
  country,
  isIncluded: prices !== 'added',
  standard: hundredthsOf(standard) ?? 0,
  reduced: optionalRate(reduced),
  superReduced: optionalRate(superReduced),
  from: instantOf(from),
});

const fields = ['country', ...rateFields, 'from'];

function SetRates() {
  const action = useAction(setRates);
  const [typedWrong, setTypedWrong] = useState<Problem>();
  const [done, setDone] = useState<string>();
  const problem = typedWrong ?? action.problem;
  const set = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    const found = wrongOf(typed);
    setTypedWrong(found);
    if (found !== undefined || !(await action.run(inputOf(typed)))) return;
    setDone(`The rates of ${typed['country']?.toUpperCase() ?? ''} are set.`);
    form.reset();
  };
  const rate = { inputMode: 'decimal', problem } as const;
  return (
    <details className="panel">
      <summary>Set the rates of a country</summary>
      <p>
        Orders are taxed by the country of the customer’s address. Orders that were placed keep their tax. To
        change rates later, set them again from that time on.
      </p>
      <Form
        submit="Set the rates"
        isRunning={action.isRunning}
        problem={problem}
        fields={fields}
        onSubmit={(typed, form) => void set(typed, form)}
      >
        <Input
          name="country"
          label="Country"
          help="Two letters, such as DE"
          maxLength={2}
          required
          problem={problem}
        />
        <Select
          name="prices"
          label="Prices"
          options={[
            ['included', 'contain the tax'],
            ['added', 'do not contain the tax: it is added'],
          ]}
        />
        <Input name="standard" label="Standard rate, in %" help="Also for the shipping" required {...rate} />
        <Input name="reduced" label="Reduced rate, in %" help="The standard rate, if empty" {...rate} />
        <Input
          name="superReduced"
          label="Super-reduced rate, in %"
          help="The standard rate, if empty"
          {...rate}
        />
        <Input
          name="from"
          type="datetime-local"
          label="From"
          help="In the time zone of this browser; from now on, if empty"
          problem={problem}
        />
      </Form>
      <p role="status">{done}</p>
    </details>
  );
}

function Withdraw({ id }: Pick<Country, 'id'>) {
  const action = useAction(withdrawRates);
  return (
    <details>
      <summary>Withdraw {id}</summary>
      <p>From now on orders to {id} are not taxed, and planned rates are dropped.</p>
      <ActionButton
        label={`Withdraw the rates of ${id}`}
        action={action}
        onRun={() => void action.run({ country: id })}
      />
    </details>
  );
}

type Row = Country & { readonly period: Period; readonly isFirst: boolean };

const rowsOf = (countries: readonly Country[]): readonly Row[] =>
  countries.flatMap((country) =>
    country.periods.map((period, index) => ({ ...country, period, isFirst: index === 0 })),
  );

function Rates({ of }: { readonly of: readonly Country[] }) {
  const rateOf = useRate();
  const shown = (rate: number | null): string => (rate === null ? '–' : rateOf(rate));
  return (
    <Table
      caption="Rates, those of now and planned ones"
      rows={rowsOf(of)}
      keyOf={({ id, period }) => `${id} ${period.from}`}
      columns={[
        { title: 'Country', cell: ({ id }) => id },
        { title: 'From', cell: ({ period }) => <Moment at={period.from} /> },
        {
          title: 'Prices',
          cell: ({ period }) =>
            period.isTaxed ? (period.isIncluded ? 'contain the tax' : 'tax is added') : 'no tax',
        },
        { title: 'Standard', cell: ({ period }) => shown(period.standard), isFigure: true },
        { title: 'Reduced', cell: ({ period }) => shown(period.reduced), isFigure: true },
        { title: 'Super-reduced', cell: ({ period }) => shown(period.superReduced), isFigure: true },
        {
          title: 'Action',
          cell: ({ isFirst, id, periods }) =>
            isFirst && periods.some(({ isTaxed }) => isTaxed) ? <Withdraw id={id} /> : null,
        },
      ]}
    />
  );
}

function Tax() {
  const shown = useShown(ratesQuery, {});
  return (
    <Page title="Tax">
      <SetRates />
      <Loaded shown={shown}>
        {({ taxRates }) =>
          taxRates === null || taxRates.length === 0 ? (
            <Empty>No country has rates: orders are not taxed.</Empty>
          ) : (
            <Rates of={taxRates} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The rates at which orders are taxed, for staff to set and withdraw. */
export function TaxPage() {
  return (
    <ForAccount permission="tax:change">
      <Tax />
    </ForAccount>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, useShown } from '../../api';
import { CsvDownload } from '../../ui/download';
import { Form, Input, Select } from '../../ui/form';
import { Table } from '../../ui/list';
import { Bars } from '../../ui/bars';
import { decimalOf, formattedOf } from '../../ui/money';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { questions, type Question } from './questions';

const topProducts = graphql(`
  query TopProducts($from: String, $to: String) {
    topProducts(from: $from, to: $to, first: 50) {
      productId
      sku
      name
      pieces
      sold {
        amountMinor
        currency
      }
    }
  }
`);

const deliveryTimes = graphql(`
  query DeliveryTimes($from: String, $to: String) {
    deliveryTimes(from: $from, to: $to) {
      warehouseId
      parcels
      packingSeconds
      deliverySeconds
    }
  }
`);

const stockByWarehouse = graphql(`
  query StockByWarehouse {
    stockByWarehouse {
      warehouseId
      name
      products
      onHand
      reserved
      backordered
      onOrder
      low
    }
  }
`);

type Days = { readonly from: string | undefined; readonly to: string | undefined };

type Cell = string | number;

/** The answer of a question: a chart of one figure a row, a table and a file. */
function Answer({
  caption,
  titles,
  rows,
  chart,
  file,
}: {
  readonly caption: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** The columns of the names and of the figures in the chart. */
  readonly chart: readonly [name: number, figure: number];
  readonly file: string;
}) {
  if (rows.length === 0) return <Empty>There is nothing to show for these days.</Empty>;
  const [name, figure] = chart;
  return (
    <>
      <Bars
        label={`${titles[figure] ?? ''} by ${(titles[name] ?? '').toLowerCase()}`}
        bars={rows.map((row) => ({ name: String(row[name]), value: Number(row[figure]) }))}
      />
      <div>
        <CsvDownload file={file} titles={titles} rows={() => rows} />
      </div>
      <Table
        caption={caption}
        keyOf={(row) => row.join('/')}
        rows={rows}
        columns={titles.map((title, at) => ({
          title,
          cell: (row: readonly Cell[]) => row[at]?.toLocaleString(),
          isFigure: rows.some((row) => typeof row[at] === 'number'),
        }))}
      />
    </>
  );
}

function TopProducts(days: Days) {
  const shown = useShown(topProducts, { from: days.from ?? null, to: days.to ?? null });
  return (
    <Loaded shown={shown}>
      {(answer) => (
        <Answer
          caption="Top products"
          file="top-products.csv"
          titles={['SKU', 'Product', 'Pieces', 'Sold', 'Currency', 'Shown as']}
          chart={[1, 2]}
          rows={(answer.topProducts ?? []).map(({ sku, name, pieces, sold: { amountMinor, currency } }) => [
            sku,
            name,
            pieces,
            Number(decimalOf(amountMinor, currency)),
            currency,
            formattedOf(amountMinor, currency),
          ])}
        />
      )}
    </Loaded>
  );
}

function DeliveryTimes(days: Days) {
  const shown = useShown(deliveryTimes, { from: days.from ?? null, to: days.to ?? null });
  return (
    <Loaded shown={shown}>
      {(answer) => (
        <Answer
          caption="Delivery times by warehouse"
          file="delivery-times.csv"
          titles={['Warehouse', 'Parcels', 'Packing (s)', 'Delivery (s)']}
          chart={[0, 3]}
          rows={(answer.deliveryTimes ?? []).map(
            ({ warehouseId, parcels, packingSeconds, deliverySeconds }) => [
              warehouseId,
              parcels,
              packingSeconds,
              deliverySeconds,
            ],
          )}
        />
      )}
    </Loaded>
  );
}

function Stock() {
  const shown = useShown(stockByWarehouse, {});
  return (
    <Loaded shown={shown}>
      {(answer) => (
        <Answer
          caption="Stock by warehouse"
          file="stock-by-warehouse.csv"
          titles={['Warehouse', 'Products', 'On hand', 'Reserved', 'Backordered', 'On order', 'Low']}
          chart={[0, 2]}
          rows={(answer.stockByWarehouse ?? []).map((each) => [
            `${each.warehouseId} ${each.name}`,
            each.products,
            each.onHand,
            each.reserved,
            each.backordered,
            each.onOrder,
            each.low,
          ])}
        />
      )}
    </Loaded>
  );
}

const answers: Readonly<Record<Question, (days: Days) => React.JSX.Element>> = {
  'top-products': TopProducts,
  'delivery-times': DeliveryTimes,
  stock: Stock,
};

/** The analysts' desk: a saved question, its answer as a chart, a table and a file. */
export function FiguresPage() {
  const search = useSearch({ from: '/admin/figures' });
  const navigate = useNavigate({ from: '/admin/figures' });
  const { question = 'top-products', from, to } = search;
  const Shown = answers[question];
  return (
    <Page title="Figures">
      <search>
        <Form
          key={`${question}/${from ?? ''}/${to ?? ''}`}
          submit="Show"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) =>
            void navigate({
              search: {
                question: typed['question'] as Question,
                from: typed['from'] || undefined,
                to: typed['to'] || undefined,
              },
            })
          }
        >
          <Select
            name="question"
            label="Question"
            value={question}
            options={questions}
            onChange={(chosen) => void navigate({ search: { question: chosen, from, to } })}
          />
          {question !== 'stock' && (
            <>
              <Input name="from" type="date" label="Sold from (UTC)" defaultValue={from} />
              <Input name="to" type="date" label="Sold to (UTC)" defaultValue={to} />
            </>
          )}
        </Form>
      </search>
      <Shown key={question} from={from} to={to} />
    </Page>
  );
}

import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { graphql, useShown, type ResultOf } from '../../api';
import { Field } from '../../ui/form';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Trace } from './trace-picture';
import '../../styles/engine.css';

const historyQuery = graphql(`
  query OrderHistory($id: ID!) {
    order(id: $id) {
      id
      number
      timeline {
        at
        summary
      }
      shipments {
        id
        number
        timeline {
          at
          summary
        }
      }
    }
  }
`);

// Without ids: the cache would take the order as it was for the order as it is.
const thenQuery = graphql(`
  query OrderThen($id: ID!, $asOf: DateTime!) {
    order(id: $id, asOf: $asOf) {
      status
      paid {
        formatted
      }
      refunded {
        formatted
      }
      destination {
        x
        y
      }
      shipments {
        number
        status
        truckId
        trackingNumber
        failure
      }
    }
  }
`);

type Order = NonNullable<ResultOf<typeof historyQuery>['order']>;
type OrderThen = ResultOf<typeof thenQuery>['order'];

/** The events of one moment. */
type Happened = { readonly at: string; readonly summaries: readonly string[] };

const momentsOf = ({ timeline, shipments }: Order): readonly Happened[] => {
  const entries = [
    ...timeline.map(({ at, summary }) => ({ at, summary })),
    ...shipments.flatMap(({ number, timeline: own }) =>
      own.map(({ at, summary }) => ({ at, summary: `Parcel ${number}: ${summary}` })),
    ),
  ];
  return [...new Set(entries.map(({ at }) => at))]
    .map((at) => ({
      at,
      summaries: [...new Set(entries.filter((each) => each.at === at).map(({ summary }) => summary))],
    }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
};

const factsOf = (order: OrderThen): ReadonlyMap<string, string> => {
  if (order === null) return new Map();
  const { status, paid, refunded, destination, shipments } = order;
  return new Map([
    ['Status', status],
    ['Paid', paid.formatted],
    ['Refunded', refunded.formatted],
    ['Destination', `${destination.x}, ${destination.y}`],
    ...shipments.flatMap((each): (readonly [string, string])[] => [
      [`Parcel ${each.number}: status`, each.status],
      [`Parcel ${each.number}: truck`, each.truckId === null ? '–' : String(each.truckId)],
      [`Parcel ${each.number}: tracking number`, each.trackingNumber ?? '–'],
      [`Parcel ${each.number}: failure`, each.failure ?? '–'],
    ]),
  ]);
};

function AsOf({
  id,
  at,
  before,
}: {
  readonly id: string;
  readonly at: string;
  readonly before: string | undefined;
}) {
  const now = useShown(thenQuery, { id, asOf: at });
  const earlier = useShown(thenQuery, { id, asOf: before ?? at }, before === undefined);
  return (
    <Loaded shown={now}>
      {({ order }) => {
        const was = before === undefined ? new Map<string, string>() : factsOf(earlier.data?.order ?? null);
        const rows = [...factsOf(order)].map(([fact, value]) => ({ fact, value, old: was.get(fact) ?? '–' }));
        return (
          <Table
            caption="The order at this moment"
            rows={rows}
            keyOf={({ fact }) => fact}
            columns={[
              { title: 'Fact', cell: ({ fact }) => fact },
              { title: 'Then', cell: ({ value, old }) => (value === old ? value : <mark>{value}</mark>) },
              { title: 'The moment before', cell: ({ old }) => old },
            ]}
          />
        );
      }}
    </Loaded>
  );
}

function Slider({ order }: { readonly order: Order }) {
  const navigate = useNavigate({ from: '/admin/engine/orders/$id' });
  const { moment } = useSearch({ from: '/admin/engine/orders/$id' });
  const moments = momentsOf(order);
  const last = moments.length - 1;
  const wanted = Number(moment ?? last);
  const at = Number.isSafeInteger(wanted) ? Math.min(Math.max(wanted, 0), last) : last;
  const happened = moments[at];
  if (!happened) return null;
  return (
    <section aria-labelledby="then">
      <h2 id="then">The order as it was</h2>
      <Field label="Moment" help={`${at + 1} of ${moments.length}`}>
        {(control) => (
          <input
            {...control}
            className="slider"
            type="range"
            min={0}
            max={last}
            value={at}
            aria-valuetext={happened.summaries.join(' ')}
            onChange={({ target }) => void navigate({ search: { moment: target.value }, replace: true })}
          />
        )}
      </Field>
      <p role="status">
        <Moment at={happened.at} />: {happened.summaries.join(' ')}
      </p>
      <AsOf id={order.id} at={happened.at} before={moments[at - 1]?.at} />
    </section>
  );
}

/** The past of an order: as it was at each moment, and the events that made it so. */
export function OrderHistoryPage() {
  const { id } = useParams({ from: '/admin/engine/orders/$id' });
  const shown = useShown(historyQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ order }) =>
        order === null ? (
          <Page title="There is no such order.">{null}</Page>
        ) : (
          <Page title={`History of order ${order.number}`}>
            <Slider order={order} />
            <section aria-labelledby="trace">
              <h2 id="trace">The trace</h2>
              <Trace
                streams={[`order-${order.id}`, ...order.shipments.map((each) => `shipment-${each.id}`)]}
              />
            </section>
          </Page>
        )
      }
    </Loaded>
  );
}

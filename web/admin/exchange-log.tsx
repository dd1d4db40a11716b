import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown, type ResultOf } from '../api';
import { Form, Input } from '../ui/form';
import { List, pageVariables } from '../ui/list';
import { Moment } from '../ui/moment';
import { Loaded } from '../ui/states';
import { exchangeStates } from './exchange-states';

const exchanges = graphql(
  `
    fragment Exchanges on ExchangeConnection @_unmask {
      totalCount
      totalCountIsExact
      pageInfo {
        ...PageEnds
      }
      edges {
        node {
          id
          link
          way
          kind
          state
          seqnum
          shipmentNumber
          content
          note
          at
        }
      }
    }
  `,
  [pageEnds],
);

const logQuery = graphql(
  `
    query StaffExchangeLog($link: String!, $first: Int, $after: String, $last: Int, $before: String) {
      exchangeLog(link: $link, first: $first, after: $after, last: $last, before: $before) {
        ...Exchanges
      }
    }
  `,
  [exchanges],
);

const ofShipmentQuery = graphql(
  `
    query StaffExchangesOfShipment(
      $number: String!
      $first: Int
      $after: String
      $last: Int
      $before: String
    ) {
      exchangesOfShipment(number: $number, first: $first, after: $after, last: $last, before: $before) {
        ...Exchanges
      }
    }
  `,
  [exchanges],
);

type Log = ResultOf<typeof exchanges>;

function Messages({ caption, of }: { readonly caption: string; readonly of: Log }) {
  return (
    <List
      caption={caption}
      connection={of}
      empty="No such message was exchanged."
      columns={[
        { title: 'When', cell: ({ at }) => <Moment at={at} /> },
        { title: 'Link', cell: ({ link }) => link },
        { title: 'Way', cell: ({ way }) => (way === 'SENT' ? 'Sent' : 'Received') },
        { title: 'Kind', cell: ({ kind }) => kind },
        { title: 'State', cell: ({ state }) => exchangeStates[state] },
        { title: 'Shipment', cell: ({ shipmentNumber }) => shipmentNumber ?? '–' },
        { title: 'Number', cell: ({ seqnum }) => seqnum ?? '–', isFigure: true },
        { title: 'Content', cell: ({ content }) => <code>{content}</code> },
        { title: 'Note', cell: ({ note }) => note ?? '–' },
      ]}
    />
  );
}

function OfLink({ link }: { readonly link: string }) {
  const shown = useShown(logQuery, { link, ...pageVariables(useSearch({ from: '/admin/world' })) });
  return (
    <Loaded shown={shown}>
      {({ exchangeLog }) => exchangeLog && <Messages caption={`Exchange log of ${link}`} of={exchangeLog} />}
    </Loaded>
  );
}

function OfShipment({ number }: { readonly number: string }) {
  const page = pageVariables(useSearch({ from: '/admin/world' }));
  const shown = useShown(ofShipmentQuery, { number, ...page });
  return (
    <Loaded shown={shown}>
      {({ exchangesOfShipment: of }) =>
        of && <Messages caption={`Messages about shipment ${number}`} of={of} />
      }
    </Loaded>
  );
}

/** The messages of a link, or those about a shipment over all links, the newest first; the address says which. */
export function ExchangeLog({ worldLink }: { readonly worldLink: string | undefined }) {
  const search = useSearch({ from: '/admin/world' });
  const navigate = useNavigate({ from: '/admin/world' });
  const { shipment } = search;
  const link = search.link ?? (worldLink === undefined ? undefined : `world:${worldLink}`);
  return (
    <section aria-labelledby="log">
      <h2 id="log">Exchange log</h2>
      <search>
        <Form
          submit="Show"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { link: typed['link'] || undefined } })}
        >
          <Input
            key={link}
            name="link"
            label="Link: world:<link> or carrier:<name>"
            list="links"
            defaultValue={link}
            required
          />
          <datalist id="links">
            {worldLink !== undefined && <option value={`world:${worldLink}`} />}
            <option value="carrier:ups" />
          </datalist>
        </Form>
        <Form
          submit="Find"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { shipment: typed['shipment'] || undefined } })}
        >
          <Input
            key={shipment}
            name="shipment"
            label="Messages about the shipment"
            inputMode="numeric"
            pattern="[0-9]{1,15}"
            defaultValue={shipment}
            required
          />
        </Form>
      </search>
      {shipment !== undefined ? (
        <OfShipment number={shipment} />
      ) : (
        link !== undefined && <OfLink link={link} />
      )}
    </section>
  );
}

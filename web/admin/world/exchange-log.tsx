import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown, type ResultOf } from '../../api';
import { Form, Input } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Loaded } from '../../ui/states';
import { exchangeStates } from './exchange-states';
import { MessageActions } from './message-actions';

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

const withWordsQuery = graphql(
  `
    query StaffExchangesWithWords($text: String!, $first: Int, $after: String, $last: Int, $before: String) {
      searchExchanges(text: $text, first: $first, after: $after, last: $last, before: $before) {
        ...Exchanges
      }
    }
  `,
  [exchanges],
);

type Log = ResultOf<typeof exchanges>;

function Messages({
  caption,
  of,
  onDone,
}: {
  readonly caption: string;
  readonly of: Log;
  readonly onDone: () => void;
}) {
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
        { title: 'Action', cell: (message) => <MessageActions message={message} onDone={onDone} /> },
      ]}
    />
  );
}

function OfLink({ link }: { readonly link: string }) {
  const shown = useShown(logQuery, { link, ...pageVariables(useSearch({ from: '/admin/world' })) });
  return (
    <Loaded shown={shown}>
      {({ exchangeLog }) =>
        exchangeLog && <Messages caption={`Exchange log of ${link}`} of={exchangeLog} onDone={shown.reload} />
      }
    </Loaded>
  );
}

function OfShipment({ number }: { readonly number: string }) {
  const page = pageVariables(useSearch({ from: '/admin/world' }));
  const shown = useShown(ofShipmentQuery, { number, ...page });
  return (
    <Loaded shown={shown}>
      {({ exchangesOfShipment: of }) =>
        of && <Messages caption={`Messages about shipment ${number}`} of={of} onDone={shown.reload} />
      }
    </Loaded>
  );
}

function WithWords({ text }: { readonly text: string }) {
  const page = pageVariables(useSearch({ from: '/admin/world' }));
  const shown = useShown(withWordsQuery, { text, ...page });
  return (
    <Loaded shown={shown}>
      {({ searchExchanges: of }) =>
        of && <Messages caption={`Messages with ${text}`} of={of} onDone={shown.reload} />
      }
    </Loaded>
  );
}

/** The messages of a link, those with words, or those about a shipment over all links, the newest first; the address says which. */
export function ExchangeLog({ worldLink }: { readonly worldLink: string | undefined }) {
  const search = useSearch({ from: '/admin/world' });
  const navigate = useNavigate({ from: '/admin/world' });
  const { shipment, words } = search;
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
        <Form
          submit="Search"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { words: typed['words'] || undefined } })}
        >
          <Input
            key={words}
            name="words"
            type="search"
            label="Words in the content, the kind or the note"
            maxLength={200}
            defaultValue={words}
            required
          />
        </Form>
      </search>
      {shipment !== undefined && <OfShipment number={shipment} />}
      {words !== undefined && <WithWords text={words} />}
      {shipment === undefined && words === undefined && link !== undefined && <OfLink link={link} />}
    </section>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../api';
import { Form, Input } from '../ui/form';
import { List, pageVariables } from '../ui/list';
import { Moment } from '../ui/moment';
import { Loaded } from '../ui/states';
import { exchangeStates } from './exchange-states';

const logQuery = graphql(
  `
    query StaffExchangeLog($link: String!, $first: Int, $after: String, $last: Int, $before: String) {
      exchangeLog(link: $link, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
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
    }
  `,
  [pageEnds],
);

/** The messages to and from the World or a carrier, the newest first; the address names the link and the page. */
export function ExchangeLog({ worldLink }: { readonly worldLink: string | undefined }) {
  const search = useSearch({ from: '/admin/world' });
  const navigate = useNavigate({ from: '/admin/world' });
  const link = search.link ?? (worldLink === undefined ? undefined : `world:${worldLink}`);
  const shown = useShown(logQuery, { link: link ?? '', ...pageVariables(search) }, link === undefined);
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
      </search>
      {link !== undefined && (
        <Loaded shown={shown}>
          {({ exchangeLog }) =>
            exchangeLog && (
              <List
                caption={`Exchange log of ${link}`}
                connection={exchangeLog}
                empty="No message was exchanged over this link."
                columns={[
                  { title: 'When', cell: ({ at }) => <Moment at={at} /> },
                  { title: 'Way', cell: ({ way }) => (way === 'SENT' ? 'Sent' : 'Received') },
                  { title: 'Kind', cell: ({ kind }) => kind },
                  { title: 'State', cell: ({ state }) => exchangeStates[state] },
                  { title: 'Shipment', cell: ({ shipmentNumber }) => shipmentNumber ?? '–' },
                  { title: 'Number', cell: ({ seqnum }) => seqnum ?? '–', isFigure: true },
                  { title: 'Content', cell: ({ content }) => <code>{content}</code> },
                  { title: 'Note', cell: ({ note }) => note ?? '–' },
                ]}
              />
            )
          }
        </Loaded>
      )}
    </section>
  );
}

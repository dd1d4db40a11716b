import { graphql, usePermissions, useShown, type ResultOf } from '../../api';
import { useEvery } from '../../ui/every';
import { Facts } from '../../ui/facts';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { ConnectWorld } from './connect-world';
import { ExchangeLog } from './exchange-log';
import { FaultDial } from './fault-dial';

const REFRESH_MS = 2_000;

const worldQuery = graphql(`
  query StaffWorld {
    world {
      id
      link
      connected
      since
      lastLoss
      unacked
    }
    simulatedWorld {
      faults {
        flakiness
        duplicate
        reorder
        delayMsMax
        disconnect
      }
      counters {
        connections
        received
        duplicatesDropped
        effects
        refused
        sent
        resent
        lostIncoming
        lostOutgoing
        malformed
      }
    }
  }
`);

type Data = ResultOf<typeof worldQuery>;

function Link({ world }: { readonly world: Data['world'] }) {
  if (world === null)
    return (
      <Empty>Waybill is not connected to a World yet. WAYBILL_WORLD in the configuration names one.</Empty>
    );
  return (
    <Facts
      of={[
        ['World', world.id],
        ['Link', world.link],
        ['Connection', world.connected ? 'Connected' : 'Disconnected'],
        ['Since', <Moment key="since" at={world.since} />],
        ['Unacknowledged commands', world.unacked],
        ['Last loss', world.lastLoss],
      ]}
    />
  );
}

function Counters({ of }: { readonly of: NonNullable<Data['simulatedWorld']>['counters'] }) {
  const shown: readonly (readonly [string, number])[] = [
    ['Sent', of.sent],
    ['Sent again', of.resent],
    ['Received', of.received],
    ['Duplicates dropped', of.duplicatesDropped],
    ['Effects', of.effects],
    ['Refused', of.refused],
    ['Lost on the way in', of.lostIncoming],
    ['Lost on the way out', of.lostOutgoing],
    ['Connections', of.connections],
    ['Malformed', of.malformed],
  ];
  return (
    <section aria-labelledby="counters">
      <h2 id="counters">Messages of the World simulator since its start</h2>
      <p>
        A command that arrives again is acknowledged and dropped, so that each command has one effect however
        often it is sent.
      </p>
      <Facts of={shown.map(([name, count]) => [name, count.toLocaleString()] as const)} />
    </section>
  );
}

/** The link to the World, the fault dial of the simulator with its counters, and the exchange log. */
export function WorldPage() {
  const shown = useShown(worldQuery, {});
  useEvery(REFRESH_MS, shown.reload);
  const mayConnect = usePermissions().has('world:connect');
  // A repeated read is not shown as loading.
  const steady = shown.data === undefined ? shown : { ...shown, isStale: false };
  return (
    <Page title="World">
      <Loaded shown={steady}>
        {({ world, simulatedWorld }) => (
          <>
            <Link world={world} />
            {mayConnect && <ConnectWorld current={world?.id} onChange={shown.reload} />}
            {simulatedWorld && (
              <>
                <Counters of={simulatedWorld.counters} />
                <FaultDial faults={simulatedWorld.faults} onChange={shown.reload} />
              </>
            )}
            <ExchangeLog worldLink={world?.link} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

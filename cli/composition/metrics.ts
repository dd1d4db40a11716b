import type { Registry } from 'prom-client';
import type { Readiness } from '../../gateways/graphql';
import type { IntegrationStatus } from '../../gateways/integration-events';
import type { UpsGateway } from '../../gateways/carriers';
import type { WorldGateway, WorldLinkStatus } from '../../gateways/world';
import type { Clock } from '../../platform/clock';
import { waitingSeconds } from '../../platform/event-store';
import type { AggregateQuery, AggregateRow } from '../../platform/read-models';
import { watch, type Reading } from '../../platform/telemetry';
import { carrierInbox } from '../../projections/carrier-inbox';
import { carrierMessages } from '../../projections/carrier-messages';
import { openReader, parkedEvents, type ProjectionDaemon } from '../../platform/projections';
import type { Engines } from './engines';
import { parkedReactions } from '../../platform/reactions';
import type { LeaderElection } from './leader-election';
import type { OrdersSide, ReactionsByRole } from './workflows';
import { answeredWithin, READ_WITHIN_MS } from './answered-within';
import { watchResting } from './resting-metrics';

/** What of the platform runs in this process. */
export type WatchedParts = {
  readonly engines: Pick<Engines, 'store' | 'readModels'>;
  readonly readiness: () => Promise<Readiness>;
  readonly turns: Pick<LeaderElection, 'status'>;
  /** These tell none while another process plays the role. */
  readonly projections: () => ProjectionDaemon | undefined;
  readonly orders: () => OrdersSide | undefined;
  readonly worldGateway: () => WorldGateway | undefined;
  /** All that reacts to events, by role, `orders` included. */
  readonly reactions: ReactionsByRole;
  readonly upsGateway: UpsGateway | undefined;
};

type Watching = { readonly metrics: Registry; readonly clock: Clock };
type Shelf = { readonly kind: string; readonly count: () => Promise<number> };

const countedIn =
  (
    aggregate: (query: AggregateQuery) => Promise<readonly AggregateRow[]>,
    where: Readonly<Record<string, string>>,
  ): Shelf['count'] =>
  async () =>
    (await aggregate({ where, groupBy: [] })).reduce((sum, { count }) => sum + count, 0);

const watchProjections = (projections: WatchedParts['projections'], { metrics, clock }: Watching): void => {
  const labelNames = ['projection'] as const;
  const lag = (field: 'lagEvents' | 'lagSeconds') => async (): Promise<readonly Reading<'projection'>[]> => {
    const status = await answeredWithin(
      READ_WITHIN_MS,
      async () => (await projections()?.status()) ?? [],
      clock,
    );
    return status.map((one) => ({ labels: { projection: one.name }, value: one[field] }));
  };
  const name = 'waybill_projection_lag';
  watch(
    metrics,
    {
      name: `${name}_events`,
      help: 'Events that a read model has not seen. Estimated while it catches up.',
      labelNames,
    },
    lag('lagEvents'),
  );
  watch(
    metrics,
    {
      name: `${name}_seconds`,
      help: 'The age of the oldest event that a read model has not seen; 0 when none.',
      labelNames,
    },
    lag('lagSeconds'),
  );
};

const watchWorld = (gateway: WatchedParts['worldGateway'], { metrics }: Watching): void => {
  const links = (
    name: `waybill_world_link_${string}`,
    help: string,
    value: (link: WorldLinkStatus) => number,
  ) =>
    watch(metrics, { name, help, labelNames: ['link'] }, () =>
      (gateway()?.status() ?? []).map((status) => ({ labels: { link: status.link }, value: value(status) })),
    );
  links('waybill_world_link_connected', 'Whether a link has its World: 1 or 0.', ({ worldId }) =>
    worldId === undefined ? 0 : 1,
  );
  links(
    'waybill_world_link_unacked',
    'Commands that the World has not acknowledged.',
    ({ unacked }) => unacked,
  );
  links(
    'waybill_world_link_refused',
    'Commands that the World has refused at least five times, and is asked for again.',
    ({ refused }) => refused,
  );
  links('waybill_world_link_open', 'Commands that the World has not answered for good.', ({ open }) => open);
};

const watchCarriers = (gateway: UpsGateway, { metrics }: Watching): void => {
  const figure = (name: `waybill_carrier_${string}`, help: string, value: () => number) =>
    watch(metrics, { name, help, labelNames: [] }, () => [{ labels: {}, value: value() }]);
  figure(
    'waybill_carrier_unacked',
    'Messages that carriers have not acknowledged.',
    () => gateway.status().unacked,
  );
  figure(
    'waybill_carrier_receiving',
    "Carriers' messages that are being applied.",
    () => gateway.status().receiving,
  );
};

/** What waits for people, or for something to happen, as far as the roles of this process put it aside. */
const shelvesOf = (parts: WatchedParts, clock: Clock): readonly Shelf[] => {
  const { projections, orders, upsGateway } = parts;
  const { readModels } = parts.engines;
  const reactions = (retry: string): Shelf['count'] =>
    countedIn((query) => readModels.aggregate(parkedReactions, query), { retry });
  const inbox = openReader(readModels, carrierInbox, clock);
  const notices = openReader(readModels, carrierMessages, clock);
  return [
    ...(projections() ? [{ kind: 'projection-events', count: () => readModels.count(parkedEvents) }] : []),
    ...(orders()
      ? [
          { kind: 'reactions', count: reactions('by-hand') },
          { kind: 'reactions-waiting', count: reactions('by-itself') },
        ]
      : []),
    ...(upsGateway
      ? [
          {
            kind: 'carrier-reports',
            count: countedIn((query) => inbox.aggregate(query), { status: 'parked' }),
          },
          {
            kind: 'carrier-notices',
            count: countedIn((query) => notices.aggregate(query), { status: 'alarmed' }),
          },
        ]
      : []),
  ];
};

const watchParked = (parts: WatchedParts, { metrics, clock }: Watching): void => {
  const read = (): Promise<readonly Reading<'kind'>[]> =>
    Promise.all(
      shelvesOf(parts, clock).map(async ({ kind, count }) => ({ labels: { kind }, value: await count() })),
    );
  const help =
    'What was put aside with its reason: `projection-events`, `reactions` (for people), `reactions-waiting` (tried again by themselves), `carrier-reports`, `carrier-notices`.';
  watch(metrics, { name: 'waybill_parked', help, labelNames: ['kind'] }, () =>
    answeredWithin(READ_WITHIN_MS, read, clock),
  );
};

const watchTurns = (turns: WatchedParts['turns'], { metrics }: Watching): void => {
  const labelNames = ['lease'] as const;
  const held =
    'Whether this process plays a role that one process at a time plays (1), or stands by for it (0).';
  watch(metrics, { name: 'waybill_lease_held', help: held, labelNames }, () =>
    turns.status().map(({ lease, state }) => ({ labels: { lease }, value: state === 'holding' ? 1 : 0 })),
  );
  const terms = 'How often this process has taken over such a role since it started.';
  watch(metrics, { name: 'waybill_lease_terms', help: terms, labelNames }, () =>
    turns.status().map((status) => ({ labels: { lease: status.lease }, value: status.terms })),
  );
};

const watchReactions = ({ reactions, engines }: WatchedParts, { metrics, clock }: Watching): void => {
  const running = () =>
    Object.entries(reactions).flatMap(([role, reaction]) => {
      const status = reaction()?.status();
      return status ? [{ role, ...status }] : [];
    });
  const kept = 'Events read and not reacted to yet, or reacted to before an older one.';
  watch(metrics, { name: 'waybill_workflow_events_waiting', help: kept, labelNames: ['role'] }, () =>
    running().map(({ role, kept: value }) => ({ labels: { role }, value })),
  );
  const lag = 'How long the oldest event has waited that a role has not reacted to; 0 when none does.';
  const readLag = (): Promise<readonly Reading<'role'>[]> =>
    Promise.all(
      running().map(async ({ role, position }) => ({
        labels: { role },
        value: await waitingSeconds(position, engines.store, clock),
      })),
    );
  watch(metrics, { name: 'waybill_workflow_lag_seconds', help: lag, labelNames: ['role'] }, () =>
    answeredWithin(READ_WITHIN_MS, readLag, clock),
  );
};

const watchIntegration = ({ orders, engines }: WatchedParts, { metrics, clock }: Watching): void => {
  const figure = (
    name: `waybill_integration_${string}`,
    help: string,
    value: (status: IntegrationStatus) => number | Promise<number>,
  ) =>
    watch(metrics, { name, help, labelNames: [] }, () =>
      answeredWithin(
        READ_WITHIN_MS,
        async () => {
          const status = orders()?.integration?.status();
          return status ? [{ labels: {}, value: await value(status) }] : [];
        },
        clock,
      ),
    );
  figure(
    'waybill_integration_messages_waiting',
    'Messages for other systems that NATS has not taken yet.',
    ({ waiting }) => waiting,
  );
  figure(
    'waybill_integration_lag_seconds',
    'How long the oldest event has waited that NATS was not told of; 0 when none does.',
    ({ position }) => waitingSeconds(position, engines.store, clock),
  );
};

/** Shows how the parts of this process stand, read anew for each scrape. */
export const watchParts = (parts: WatchedParts, watching: Watching): void => {
  const { metrics } = watching;
  const { readiness, projections, worldGateway, upsGateway, turns } = parts;
  const help = 'Whether the process has what it needs, part by part: 1 or 0.';
  watch(metrics, { name: 'waybill_ready', help, labelNames: ['part'] }, async () =>
    Object.entries((await readiness()).parts).map(([part, { ready }]) => ({
      labels: { part },
      value: ready ? 1 : 0,
    })),
  );
  watchParked(parts, watching);
  watchResting(parts, watching);
  watchTurns(turns, watching);
  watchProjections(projections, watching);
  watchReactions(parts, watching);
  watchIntegration(parts, watching);
  watchWorld(worldGateway, watching);
  if (upsGateway) watchCarriers(upsGateway, watching);
};

import { waitingSeconds, type EventStore, type Position } from '../../platform/event-store';
import type { Clock } from '../../platform/clock';
import type { HealthPart } from '../../platform/health';
import type { ElectedRole } from '../../platform/leader-election';
import {
  checkpointsIn,
  createReactionRuntime,
  openParking,
  type ReactionRuntime,
  type Reactor,
} from '../../platform/reactions';
import type { ReadModels } from '../../platform/read-models';
import type { Reading } from '../../platform/telemetry';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import type { Role } from './role-names';

/** Reactors that run in this process. */
export type Reactions = Pick<ReactionRuntime, 'status' | 'stop'>;

/** An event that waits for longer means that a role is stuck: a reaction that cannot succeed is parked sooner. */
const WAITING_SECONDS_MAX = 60;

/**
 * Starts reactors under a checkpoint of their own, so that a role that is turned on later finds every event that it missed.
 *
 * @param retryOn - types of events after which parked reactions are retried at once.
 */
export const startReactors = async ({
  name,
  reactors,
  retryOn = [],
  store,
  readModels,
  runtime,
}: {
  readonly name: 'orders' | 'invoices' | 'world_gateway' | 'ups_gateway' | 'notifications' | 'webhooks';
  readonly reactors: readonly Reactor[];
  readonly retryOn?: readonly string[];
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly runtime: Runtime;
}): Promise<ReactionRuntime> => {
  const reactions = createReactionRuntime({
    name,
    reactors: reactors,
    retryOn,
    store,
    checkpoints: checkpointsIn(readModels),
    parking: await openParking(readModels, runtime.clock),
    ...runtime,
  });
  reactions.start();
  return reactions;
};

/**
 * Returns the health of a follower of the events.
 *
 * @param staysInService - whether callers send requests to this process. It then stays ready while the follower is late: an
 *   order may wait for a reactor, a shopper need not.
 * @param why - why nothing proceeds, where that is known.
 */
export const followerHealth = async (
  position: Position | undefined,
  { store, clock, staysInService }: FollowerContext,
  why?: (waitedSeconds: number) => string | undefined,
): Promise<HealthPart> => {
  const waited = await waitingSeconds(position, store, clock);
  const isLate = waited > WAITING_SECONDS_MAX;
  const reason = why?.(waited);
  if (!isLate && reason === undefined) return { ready: true };
  return {
    ready: !isLate || staysInService,
    detail: reason ?? `${Math.round(waited)} s behind: its oldest event waits for so long`,
  };
};

export type FollowerContext = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly staysInService: boolean;
};

/** Returns what a role contributes whose reactors run in the process that has its lease. */
export const reactionsContribution = (
  role: Role,
  elected: ElectedRole<Reactions>,
  context: FollowerContext,
): Required<Contribution> => {
  const { current, standby, stop } = elected;
  const reading = async (
    valueOf: (status: ReturnType<Reactions['status']>) => number | Promise<number>,
  ): Promise<readonly Reading<string>[]> => {
    const status = current()?.status();
    return status === undefined ? [] : [{ labels: { role }, value: await valueOf(status) }];
  };
  return {
    health: [
      {
        name: role,
        check: async () => {
          const reactions = current();
          return reactions && followerHealth(reactions.status().position, context);
        },
        standby,
      },
    ],
    metrics: [
      ...elected.metrics,
      {
        name: 'waybill_workflow_events_waiting',
        help: 'Events read and not reacted to yet, or reacted to before an older one.',
        labelNames: ['role'],
        read: () => reading(({ kept }) => kept),
      },
      {
        name: 'waybill_workflow_lag_seconds',
        help: 'How long the oldest event has waited that a role has not reacted to; 0 when none does.',
        labelNames: ['role'],
        read: () => reading(({ position }) => waitingSeconds(position, context.store, context.clock)),
      },
    ],
    stop: [{ name: role, close: stop }],
  };
};

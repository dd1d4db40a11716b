import type { Instant, NotificationId } from '../../domain/kernel';
import { notification, type GatheredNotice, type NotificationCommand } from '../../domain/notification';
import type { Clock, Random } from '../../platform/clock';
import { rootContext, type Aggregates } from '../../platform/execution';
import { commandId, uuidV7 } from '../../platform/ids';
import { requireAccepted, startDueWork } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import type { HeldNotification } from '../../projections/held-notifications';

export type ReleaseDeps = {
  readonly aggregates: Aggregates;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The interval, in milliseconds. */
  readonly everyMs?: number | undefined;
  /** Returns notifications that wait for a time that has come, the longest one first. It may lag a little. */
  readonly dueNotifications: (now: Instant, limit: number) => Promise<readonly HeldNotification[]>;
};

const AT_ONCE_MAX = 200;
/** The notices of one daily message; further ones are in a second message. */
const ITEMS_MAX = 50;

/** The notices of one account that one daily message shall have. */
const groupsOf = (daily: readonly HeldNotification[]): readonly (readonly HeldNotification[])[] => {
  const groups = new Map<string, HeldNotification[]>();
  for (const held of daily) {
    const key = `${held.accountId}/${held.until}`;
    groups.set(key, [...(groups.get(key) ?? []), held]);
  }
  return [...groups.values()];
};

/** Stores daily messages. */
const gathering = ({ aggregates, clock, random }: ReleaseDeps) => {
  const execute = async (command: NotificationCommand): Promise<void> => {
    const principal = { kind: 'gateway', id: 'notifications', roles: [] } as const;
    const context = rootContext(uuidV7(clock, random), principal);
    requireAccepted(await aggregates.of(notification).execute(command.notificationId, command, context));
  };

  /** Returns the notices of a stored daily message; undefined where there is no such message. */
  const itemsOf = async (id: NotificationId): Promise<ReadonlySet<NotificationId> | undefined> => {
    const state = await aggregates.of(notification).load(id);
    if (state.status === 'none' || state.notice.template !== 'digest') return undefined;
    return new Set(state.notice.items.map(({ notificationId }) => notificationId));
  };

  /** The ids of the messages follow from the account, the time and a count, so that a second try finds the first. */
  const gather = async (group: readonly HeldNotification[]): Promise<void> => {
    let left = group;
    for (let count = 0; left.length > 0; count += 1) {
      const [{ accountId, until }] = left as readonly [HeldNotification];
      const into = commandId(`${accountId}/${until}`, `daily-${count}`) as NotificationId;
      if ((await itemsOf(into)) === undefined) {
        const items = left
          .slice(0, ITEMS_MAX)
          .flatMap(({ id: notificationId, notice }): GatheredNotice[] =>
            notice.template === 'digest' ? [] : [{ notificationId, notice }],
          );
        const notice = { template: 'digest', items } as const;
        await execute({
          type: 'QueueNotification',
          notificationId: into,
          accountId,
          notice,
          at: clock.now(),
        });
      }
      const stored = (await itemsOf(into)) ?? new Set();
      for (const { id: notificationId } of left.filter(({ id }) => stored.has(id)))
        await execute({ type: 'GatherNotification', notificationId, into, at: clock.now() });
      left = left.filter(({ id }) => !stored.has(id));
    }
  };

  return { execute, gather };
};

/** Releases notifications whose quiet hours are over, and gathers those of a person into the daily message. */
export const releaseHeld = (deps: ReleaseDeps): { readonly stop: () => Promise<void> } => {
  const { aggregates, clock, random, logger, everyMs, dueNotifications } = deps;
  const { execute, gather } = gathering(deps);

  const release = ({ id: notificationId }: HeldNotification): Promise<void> =>
    execute({ type: 'ReleaseNotification', notificationId, at: clock.now() });

  /** A notice that is gathered already is not in the message of a later look, though the read model still shows it. */
  const stillHeld = async (held: readonly HeldNotification[]): Promise<readonly HeldNotification[]> => {
    const states = await Promise.all(held.map(({ id }) => aggregates.of(notification).load(id)));
    return held.filter((_, index) => states[index]?.status === 'held');
  };

  const due = async (): Promise<readonly (() => Promise<void>)[]> => {
    const held = await stillHeld(await dueNotifications(clock.now(), AT_ONCE_MAX));
    const quiet = held.filter(({ because }) => because === 'quiet-hours');
    const daily = groupsOf(held.filter(({ because }) => because === 'daily'));
    return [...quiet.map((each) => () => release(each)), ...daily.map((group) => () => gather(group))];
  };

  return startDueWork({
    ...{ clock, random, logger, due, everyMs },
    messages: {
      piece: 'A held notification was not released',
      loop: 'The loop that releases notifications failed',
    },
  });
};

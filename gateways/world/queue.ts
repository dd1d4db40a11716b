import type { Aggregates, Executed, CommandContext } from '../../platform/execution';
import type { Numbers } from '../../commands/numbering';
import type { Instant, WorldCommandId } from '../../domain/kernel';
import {
  worldCommand,
  type WorldCommandEvent,
  type WorldCommandRejection,
  type WorldRequest,
} from '../../domain/world-command';
import type { Clock } from '../../platform/clock';
import { linkOf, type WorldLinkConfig } from './settings';

export type QueueDeps = {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly clock: Clock;
  readonly links: readonly WorldLinkConfig[];
};

/** One series for all worlds: a number is never used twice, whatever link it goes over. */
const SERIES = 'world_seqnum';

/**
 * Stores that the World is to be asked, under a number of its own; the outbox of the warehouse's link takes it from there.
 *
 * @param queued - `id`: derived from the cause; the same id again is the same request, once.
 * @throws Error when no link serves the warehouse, so that somebody looks at it.
 */
export const queueWorldCommand = async (
  { aggregates, numbers, clock, links }: QueueDeps,
  queued: { readonly id: WorldCommandId; readonly request: WorldRequest; readonly notBefore?: Instant },
  context: CommandContext,
): Promise<Executed<WorldCommandEvent, WorldCommandRejection>> => {
  const { id, request, notBefore } = queued;
  const link = linkOf(links, request.warehouseId);
  if (link === undefined) throw new Error(`No World has warehouse ${request.warehouseId}`);
  const later = notBefore === undefined ? {} : { notBefore };
  const seqnum = await numbers.next(SERIES);
  const of = { worldCommandId: id, link: link.name, seqnum, request, ...later, at: clock.now() };
  return aggregates.execute(worldCommand, id, { type: 'QueueWorldCommand', ...of }, context);
};

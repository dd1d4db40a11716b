import type { Aggregates, Executed, CommandContext } from '../../platform/execution';
import type { Numbers } from '../../commands/numbering';
import { later, type Instant, type Millis, type WarehouseId, type WorldCommandId } from '../../domain/kernel';
import { shipment, type ShipmentState } from '../../domain/shipment';
import {
  worldCommand,
  type WorldCommandEvent,
  type WorldCommandRejection,
  type WorldRequest,
} from '../../domain/world-command';
import type { Clock } from '../../platform/clock';
import { untilKnown, type UntilKnownDeps } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import type { FollowUp } from './effects';
import { linkOf, type WorldLinkConfig } from './settings';

type StoreDeps = {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly clock: Clock;
};

export type QueueDeps = StoreDeps & { readonly links: readonly WorldLinkConfig[] };

export type FollowUpDeps = StoreDeps & UntilKnownDeps;

type Queued = {
  readonly id: WorldCommandId;
  readonly request: WorldRequest;
  readonly notBefore?: Instant | undefined;
};

/** The series of numbers of all worlds: a number is never used twice, on any connection. */
const SERIES = 'world_seqnum';

const store = async (
  { aggregates, numbers, clock }: StoreDeps,
  link: string,
  { id, request, notBefore }: Queued,
  context: CommandContext,
): Promise<Executed<WorldCommandEvent, WorldCommandRejection>> => {
  const seqnum = await numbers.next(SERIES);
  const of = { worldCommandId: id, link, seqnum, request, notBefore, at: clock.now() };
  const command = { type: 'QueueWorldCommand', ...of } as const;
  return aggregates.of(worldCommand).execute(id, command, context, { assumeNew: true });
};

/**
 * Returns the name of a warehouse's connection.
 *
 * @throws Error if there is none, so that the reaction is parked for an operator.
 */
export const linkNameOf = (links: readonly WorldLinkConfig[], warehouseId: WarehouseId): string => {
  const link = linkOf(links, warehouseId);
  if (link === undefined) throw new Error(`No World has warehouse ${warehouseId}`);
  return link.name;
};

/**
 * Stores a command to the World under a number of its own; the pending requests of the warehouse's connection send it.
 *
 * @param queued - `id`: derived from the cause; the same id again is the same command, once.
 * @throws Error if no connection serves the warehouse.
 */
export const queueWorldCommand = async (
  deps: QueueDeps,
  queued: Queued,
  context: CommandContext,
): Promise<Executed<WorldCommandEvent, WorldCommandRejection>> =>
  store(deps, linkNameOf(deps.links, queued.request.warehouseId), queued, context);

/** Returns false if the shipment of a request was cancelled meanwhile. */
const isWanted = async (aggregates: Aggregates, request: WorldRequest): Promise<boolean> => {
  const shipmentId = request.kind === 'buy' ? request.restockFor?.shipmentId : request.shipmentId;
  if (shipmentId === undefined) return true;
  const state: ShipmentState = await aggregates.of(shipment).load(shipmentId);
  return state.status !== 'CANCELLED';
};

/**
 * Stores the command that follows from another's outcome, unless its shipment was cancelled meanwhile.
 *
 * @param after - the other command. The new command's id is derived from it, so that the outcome has one effect.
 * @returns true if the command was queued.
 */
export const queueFollowUp = async (
  deps: FollowUpDeps,
  after: { readonly id: WorldCommandId; readonly link: string },
  { purpose, request, delayMs }: FollowUp,
  context: Omit<CommandContext, 'commandId'>,
): Promise<boolean> => {
  if (!(await isWanted(deps.aggregates, request))) return false;
  const id = commandId(after.id, purpose);
  const notBefore = delayMs === 0 ? undefined : later(deps.clock.now(), delayMs as Millis);
  const queued = { id: id as WorldCommandId, request, notBefore };
  await untilKnown(deps, () => store(deps, after.link, queued, { ...context, commandId: id }));
  return true;
};

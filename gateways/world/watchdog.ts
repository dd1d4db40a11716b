import { commandId } from '../../platform/ids';
import type { WorldCommandId } from '../../domain/kernel';
import { untilKnown, type UntilKnownDeps } from '../../platform/execution';
import type { PendingRequests } from './pending-requests';
import { queueWorldCommand, type QueueDeps } from './queue';

/** Queries the World for shipments whose packing or loading it acknowledged long ago without an outcome. */
export const queueOverdueQueries = async (
  deps: QueueDeps & UntilKnownDeps & { readonly link: string; readonly requests: PendingRequests },
): Promise<void> => {
  for (const { id, request, correlationId, traceparent } of deps.requests.takeOverdue()) {
    if (request.kind !== 'pack' && request.kind !== 'load') continue;
    const { warehouseId, shipmentId, shipmentNumber, kind } = request;
    deps.logger.warn(
      { link: deps.link, shipmentNumber, kind },
      'An answer of the World is overdue, so the World is queried',
    );
    const queryId = commandId(id, `overdue ${deps.clock.now()}`);
    const context = {
      ...{ commandId: queryId, correlationId, traceparent },
      principal: { kind: 'gateway', id: `world:${deps.link}`, roles: [] },
    } as const;
    const queued = {
      id: queryId as WorldCommandId,
      request: { kind: 'query', warehouseId, shipmentId, shipmentNumber, of: id },
    } as const;
    await untilKnown(deps, () => queueWorldCommand(deps, queued, context));
  }
};

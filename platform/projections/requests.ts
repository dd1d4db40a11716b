import { epochMsOf, later, type Instant, type Millis } from '../../domain/kernel';
import type { Clock, Random } from '../clock';
import { positionOf, type Position } from '../event-store';
import { Fault, supervise } from '../faults';
import { uuidV7 } from '../ids';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { Logger } from '../telemetry';
import type { Operation, OperationOutcome, Operations } from './operations';

/** An operation that another process is to do. `id` rises with the time. */
type OperationRequest = {
  readonly id: string;
  readonly operation: Operation;
  /** After this moment it is not begun any more: its sender has given up. */
  readonly beginBefore: Instant;
  /** Set by the process that does it. */
  readonly begunAt?: Instant | undefined;
  readonly outcome?: OperationOutcome | undefined;
  /** The message of the fault that ended it. */
  readonly failure?: string | undefined;
};

export const operationRequests: CollectionSpec = {
  name: 'operation_requests',
  version: 1,
  indexes: [],
  schema: { type: 'object', required: ['id', 'operation', 'beginBefore'] },
};

const REQUESTS_MAX = 100;
const POLL_MS = 250 as Millis;
/** The time in which a process that maintains the read models begins an operation. */
const BEGIN_WITHIN_MS = 10_000 as Millis;
/** The time in which an operation is answered. A replay reads the history. */
const DONE_WITHIN_MS = 2 * 60_000;
const KEPT_MS = 60 * 60_000;

/** The states of a request in the order in which they replace each other. */
const AT: Readonly<Record<'sent' | 'begun' | 'answered' | 'removed', Position>> = {
  sent: positionOf(1),
  begun: positionOf(2),
  answered: positionOf(3),
  removed: positionOf(4),
};

const put = (readModels: ReadModels, document: OperationRequest, position: Position): Promise<void> =>
  readModels.write({
    collection: operationRequests,
    upserts: [{ document, position }],
    deletes: [],
    position,
  });

const remove = (readModels: ReadModels, ids: readonly string[]): Promise<void> =>
  readModels.write({
    collection: operationRequests,
    upserts: [],
    deletes: ids.map((id) => ({ id, position: AT.removed })),
    position: AT.removed,
  });

type Deps = { readonly readModels: ReadModels; readonly clock: Clock; readonly random: Random };

/** Returns the operations of read models that another process maintains. They are requested through the read models. */
export const requestedOperations = ({ readModels, clock, random }: Deps): Operations => {
  const answerOf = async (id: string): Promise<OperationRequest | undefined> =>
    (await readModels.get<OperationRequest>(operationRequests, id))?.document;

  const wait = async (id: string, startedMs: number): Promise<OperationOutcome> => {
    for (;;) {
      await clock.sleep(POLL_MS);
      const request = await answerOf(id);
      if (request?.outcome !== undefined) return request.outcome;
      if (request?.failure !== undefined) throw new Fault('READ_MODELS_UNAVAILABLE', request.failure);
      const waitedMs = clock.monotonicMs() - startedMs;
      if (request?.begunAt === undefined && waitedMs > BEGIN_WITHIN_MS + POLL_MS)
        throw new Fault('READ_MODELS_UNAVAILABLE', 'No process maintains the read models at the moment.');
      if (waitedMs > DONE_WITHIN_MS)
        throw new Fault('DEADLINE_EXCEEDED', 'The operation has begun, and is not done yet.');
    }
  };

  return {
    perform: async (operation) => {
      await readModels.ensure(operationRequests);
      const id = uuidV7(clock, random);
      const startedMs = clock.monotonicMs();
      const beginBefore = later(clock.now(), BEGIN_WITHIN_MS);
      await put(readModels, { id, operation, beginBefore }, AT.sent);
      try {
        return await wait(id, startedMs);
      } finally {
        await remove(readModels, [id]).catch(() => undefined);
      }
    },
  };
};

const isOld = ({ beginBefore }: OperationRequest, clock: Clock): boolean =>
  epochMsOf(clock.now()) - epochMsOf(beginBefore) > KEPT_MS;

/**
 * Does the operations that other processes request, one after another, until the signal aborts.
 *
 * @param readModels - to be written only while this process maintains the read models.
 */
export const serveRequests = async (
  { readModels, clock, random, logger }: Deps & { readonly logger: Logger },
  operations: Operations,
  signal: AbortSignal,
): Promise<void> => {
  const serve = async (request: OperationRequest): Promise<void> => {
    if (request.begunAt !== undefined || request.beginBefore < clock.now()) {
      if (isOld(request, clock)) await remove(readModels, [request.id]);
      return;
    }
    const begun = { ...request, begunAt: clock.now() };
    await put(readModels, begun, AT.begun);
    const { operation } = request;
    try {
      const outcome = await operations.perform(operation);
      logger.info({ operation, outcome }, 'An operation on the read models was requested');
      await put(readModels, { ...begun, outcome }, AT.answered);
    } catch (error) {
      logger.error({ error, operation }, 'A requested operation on the read models failed');
      const failure = error instanceof Error ? error.message : String(error);
      await put(readModels, { ...begun, failure }, AT.answered);
    }
  };

  const poll = async (): Promise<void> => {
    await readModels.ensure(operationRequests);
    for (;;) {
      const { items } = await readModels.list<OperationRequest>(operationRequests, {
        index: 'id',
        first: REQUESTS_MAX,
      });
      for (const { document } of items) await serve(document);
      await clock.sleep(POLL_MS, signal);
    }
  };

  await supervise(poll, {
    clock,
    random,
    signal,
    onFailure: (error, attempt) =>
      logger.error({ error, attempt }, 'Requested operations on the read models cannot be read'),
  });
};

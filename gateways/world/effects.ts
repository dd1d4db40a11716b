import type { ProductId, WorldCommandId } from '../../domain/kernel';
import type {
  BuyRequest,
  LoadRequest,
  PackRequest,
  QueryRequest,
  WorldRequest,
} from '../../domain/world-command';
import type { InputOf } from '../../commands';

type RecordingName = 'recordPacked' | 'recordLoaded' | 'recordShipmentFailure' | 'receiveStock';

/** A use case to call. */
export type Recording = {
  [Name in RecordingName]: { readonly kind: 'record'; readonly name: Name; readonly input: InputOf<Name> };
}[RecordingName];

/** A command to queue. `purpose` distinguishes the commands that follow from one outcome. */
export type FollowUp = {
  readonly kind: 'queue';
  readonly purpose: string;
  readonly request: WorldRequest;
  readonly delayMs: number;
};

/** An effect of bought goods that have arrived. */
export type ArrivalEffect = Extract<Recording, { readonly name: 'receiveStock' }> | FollowUp;

/** An effect of an outcome. */
export type Effect =
  | Recording
  | FollowUp
  /** Settles another command whose outcome this one shows; `refusal` if it counts as refused. */
  | {
      readonly kind: 'settle';
      readonly worldCommandId: WorldCommandId;
      readonly refusal?: string | undefined;
    };

/** The command that a query was about. `settled`: its own outcome was received meanwhile. */
export type QueriedCommand = { readonly request: WorldRequest; readonly settled: boolean };

export const PACK_ATTEMPTS_MAX = 5;
export const LOAD_ATTEMPTS_MAX = 10;

/** The number of refusals after which a command is reported to operators. */
const REFUSED_OFTEN = 5;

type Retried = Extract<WorldRequest, { readonly attempt: number }>;

export const isRefusedOften = (request: WorldRequest): request is Retried =>
  'attempt' in request && request.attempt > REFUSED_OFTEN;

const FIRST_DELAY_MS = 1_000;
const DELAY_MS_MAX = 60_000;

const delayOf = (attempt: number): number =>
  Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 10));

const shipmentFailure = (
  { shipmentId }: PackRequest | LoadRequest,
  step: 'packing' | 'loading',
  reason: string,
): Effect => ({ kind: 'record', name: 'recordShipmentFailure', input: { shipmentId, step, reason } });

const queryOf = (
  { warehouseId, shipmentId, shipmentNumber }: PackRequest | LoadRequest | QueryRequest,
  of: WorldCommandId,
  delayMs: number,
): Effect => ({
  kind: 'queue',
  purpose: 'query',
  request: { kind: 'query', warehouseId, shipmentId, shipmentNumber, of },
  delayMs,
});

const packAgain = (request: PackRequest, reason: string): Effect =>
  request.attempt < PACK_ATTEMPTS_MAX
    ? {
        kind: 'queue',
        purpose: 'pack',
        request: { ...request, attempt: request.attempt + 1 },
        delayMs: delayOf(request.attempt),
      }
    : shipmentFailure(request, 'packing', reason);

const loadAgain = (request: LoadRequest, reason: string): Effect =>
  request.attempt < LOAD_ATTEMPTS_MAX
    ? {
        kind: 'queue',
        purpose: 'load',
        request: { ...request, attempt: request.attempt + 1 },
        delayMs: delayOf(request.attempt),
      }
    : shipmentFailure(request, 'loading', reason);

/**
 * Returns the effects of the arrival of a buy's goods, for reports of any kind: stock to add, or a shipment to pack.
 */
export const effectsOfArrival = (request: BuyRequest): ArrivalEffect[] => {
  const { warehouseId, goods, replenishmentId, restockFor } = request;
  if (restockFor !== undefined) {
    // Sent by an earlier version: our stock has these goods already, and the World's stock lacked them.
    const { shipmentId, shipmentNumber, packAttempt: attempt } = restockFor;
    const again: PackRequest = { kind: 'pack', warehouseId, shipmentId, shipmentNumber, goods, attempt };
    return [{ kind: 'queue', purpose: 'pack', request: again, delayMs: 0 }];
  }
  const replenishment = replenishmentId === undefined ? {} : { replenishmentId };
  return goods.map(({ productId, quantity }) => ({
    kind: 'record',
    name: 'receiveStock',
    input: { warehouseId, productId, quantity, ...replenishment },
  }));
};

const stages = ['packing', 'packed', 'loading', 'loaded', 'delivering', 'delivered'];

const effectsOfStatus = (
  query: QueryRequest,
  status: string,
  { request, settled }: QueriedCommand,
): Effect[] => {
  const stage = stages.indexOf(status);
  const settle: Effect = { kind: 'settle', worldCommandId: query.of };
  // A settled command gets no further answer, so only another query shows the progress.
  const wait: Effect[] = settled ? [queryOf(query, query.of, delayOf(2))] : [];
  if (request.kind === 'pack') {
    if (stage < stages.indexOf('packed')) return wait;
    const { shipmentId } = request;
    return [settle, { kind: 'record', name: 'recordPacked', input: { shipmentId } }];
  }
  if (request.kind !== 'load') return [];
  if (stage >= stages.indexOf('loaded')) {
    const { shipmentId } = request;
    return [settle, { kind: 'record', name: 'recordLoaded', input: { shipmentId } }];
  }
  if (status === 'loading') return wait;
  const reason = `The shipment is ${status}, not loading`;
  return [{ ...settle, refusal: reason }, loadAgain(request, reason)];
};

/**
 * Returns the effects of the World's answer.
 *
 * @param queried - the command that the query was about, if the request is a query.
 */
export const effectsOfAnswer = (
  request: WorldRequest,
  status: string | undefined,
  queried: QueriedCommand | undefined,
): Effect[] => {
  switch (request.kind) {
    case 'buy':
      return effectsOfArrival(request);
    case 'pack':
      return [{ kind: 'record', name: 'recordPacked', input: { shipmentId: request.shipmentId } }];
    case 'load':
      return [{ kind: 'record', name: 'recordLoaded', input: { shipmentId: request.shipmentId } }];
    case 'query':
      return queried === undefined ? [] : effectsOfStatus(request, status ?? '', queried);
  }
};

// Each World has its own texts; these words are common to them.
const isAboutStock = (reason: string): boolean =>
  /\bhold|stock|enough|sufficient|\blacks?\b|inventory|not available/i.test(reason);
const isAboutCopy = (reason: string): boolean => /exist|already|duplicate/i.test(reason);
const isAboutTruck = (reason: string): boolean => /truck/i.test(reason);

/** Returns the products that the reason names by their numbers, or all of the parcel if it names none of them. */
const lackingIn = ({ goods }: PackRequest, reason: string): ProductId[] => {
  const numbers = new Set(
    [...reason.matchAll(/(?:product|item|id)\D{0,3}(\d+)/gi)].map(([, number]) => number),
  );
  const named = goods.filter(({ productNumber }) => numbers.has(String(productNumber)));
  return (named.length > 0 ? named : goods).map(({ productId }) => productId);
};

const packRefused = (request: PackRequest, reason: string, id: WorldCommandId): Effect => {
  if (isAboutStock(reason)) {
    const { shipmentId } = request;
    const input = { shipmentId, step: 'packing', reason, lacking: lackingIn(request, reason) } as const;
    return { kind: 'record', name: 'recordShipmentFailure', input };
  }
  return isAboutCopy(reason) ? queryOf(request, id, 0) : shipmentFailure(request, 'packing', reason);
};

const queryRefused = (query: QueryRequest, reason: string, queried: QueriedCommand): Effect[] => {
  const { request } = queried;
  const settle: Effect = { kind: 'settle', worldCommandId: query.of, refusal: reason };
  if (request.kind === 'pack') return [settle, packAgain(request, reason)];
  return request.kind === 'load' ? [settle, shipmentFailure(request, 'loading', reason)] : [];
};

/**
 * Returns the effects of the World's error: a temporary failure is retried later, a command that may be done already is
 * queried, and any other failure becomes a failed shipment, with the products that the warehouse lacks.
 *
 * @param id - of the refused command.
 */
export const effectsOfRefusal = (
  { id, request }: { readonly id: WorldCommandId; readonly request: WorldRequest },
  reason: string,
  queried: QueriedCommand | undefined,
): Effect[] => {
  switch (request.kind) {
    case 'buy': {
      const again = { ...request, attempt: request.attempt + 1 };
      return [{ kind: 'queue', purpose: 'buy', request: again, delayMs: delayOf(request.attempt) }];
    }
    case 'pack':
      return [packRefused(request, reason, id)];
    case 'load':
      return [isAboutTruck(reason) ? loadAgain(request, reason) : queryOf(request, id, 0)];
    case 'query':
      return queried === undefined ? [] : queryRefused(request, reason, queried);
  }
};

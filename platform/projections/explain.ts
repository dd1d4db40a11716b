import type { Instant } from '../../domain/kernel';
import { momentOf, type Actor, type Position, type RecordedEvent, type StreamName } from '../event-store';
import { Fault } from '../faults';
import type { Document } from '../read-models';
import { changesBetween, fieldsOf, type FieldChange } from './changes';
import { appliedTo, handles, targetsOf } from './fold';
import type { HistoryScan } from './history-scan';
import type { AnyProjection } from './projection';

/** The events that one explanation holds. */
export const SHAPED_MAX = 10_000;
/** The commands of one first request that are held. */
export const CHAIN_MAX = 100;

/** The origin of an event: its place in the store, its command, and the sender of the command. */
export type Origin = {
  readonly eventId: string;
  readonly type: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  /** The time that the fact states. */
  readonly moment: Instant;
  readonly recordedAt: Instant;
  readonly commandId: string;
  readonly correlationId: string;
  readonly actor: Actor;
  readonly traceId: string | undefined;
};

/** A command that the same first request led to, by the events that it wrote into one stream. */
export type ChainedCommand = Origin & { readonly types: readonly string[] };

/** An event that changed a document. */
export type Shaping = Origin & { readonly changes: readonly FieldChange[] };

/** A field of a document, and the event that last set it. */
export type ExplainedField = { readonly path: string; readonly value: unknown; readonly setBy: Shaping };

export type Explanation = {
  readonly readModel: string;
  readonly id: string;
  /** The document; undefined where an event has removed it. */
  readonly document: Document | undefined;
  readonly fields: readonly ExplainedField[];
  /** The events that shaped it, in order. */
  readonly shaped: readonly Shaping[];
  /** The commands of each first request, oldest first, by its correlation id. */
  readonly chains: ReadonlyMap<string, readonly ChainedCommand[]>;
};

/** The second part of a W3C trace context. */
const traceIdOf = (traceparent: string | undefined): string | undefined => traceparent?.split('-')[1];

const originOf = (event: RecordedEvent): Origin => ({
  eventId: event.id,
  type: event.type,
  stream: event.stream,
  revision: event.revision,
  position: event.position,
  moment: momentOf(event),
  recordedAt: event.recordedAt,
  commandId: event.metadata.$causationId,
  correlationId: event.metadata.$correlationId,
  actor: event.metadata.actor,
  traceId: traceIdOf(event.metadata.traceparent),
});

/** Folds one document event by event, and notes what each event changed. */
class Shaper {
  document: Document | undefined;
  readonly shaped: Shaping[] = [];
  private readonly setBy = new Map<string, Shaping>();

  constructor(
    private readonly projection: AnyProjection,
    private readonly id: string,
  ) {}

  see(event: RecordedEvent): void {
    if (!handles(this.projection, event)) return;
    if (!targetsOf(this.projection, [event]).targets.some(({ ids }) => ids.includes(this.id))) return;
    const before = this.document;
    this.document = appliedTo(before, this.projection, this.id, event);
    const changes = changesBetween(before, this.document);
    if (changes.length === 0) return;
    if (this.shaped.length === SHAPED_MAX)
      throw new Fault('HISTORY_TOO_LONG', `More than ${SHAPED_MAX} events shaped this document.`);
    const shaping = { ...originOf(event), changes };
    this.shaped.push(shaping);
    for (const { path, after } of changes)
      if (after === undefined) this.setBy.delete(path);
      else this.setBy.set(path, shaping);
  }

  fields(): readonly ExplainedField[] {
    return [...fieldsOf(this.document)].flatMap(([path, value]) => {
      const setBy = this.setBy.get(path);
      return setBy === undefined ? [] : [{ path, value, setBy }];
    });
  }
}

const addTo = (chain: ChainedCommand[], event: RecordedEvent): void => {
  const { $causationId } = event.metadata;
  const at = chain.findIndex(
    ({ commandId, stream }) => commandId === $causationId && stream === event.stream,
  );
  const there = chain[at];
  if (there !== undefined) chain[at] = { ...there, types: [...there.types, event.type] };
  else if (chain.length < CHAIN_MAX) chain.push({ ...originOf(event), types: [event.type] });
};

/** Reads what the first requests of these events have led to, up to the last of the events. */
const chainsOf = async (
  shaped: readonly Shaping[],
  scan: HistoryScan,
): Promise<ReadonlyMap<string, readonly ChainedCommand[]>> => {
  const chains = new Map<string, ChainedCommand[]>(shaped.map(({ correlationId }) => [correlationId, []]));
  const last = shaped.at(-1)?.position;
  if (last === undefined) return chains;
  for await (const event of scan.events(last)) {
    const chain = chains.get(event.metadata.$correlationId);
    if (chain !== undefined) addTo(chain, event);
  }
  return chains;
};

/**
 * Explains a document: the event that last set each field, and what shaped the document, event by event. It folds the document by
 * the code of its projection, so it serves every read model. It reads the history twice: for the document, and for the chains of
 * causes.
 *
 * @returns undefined where no event ever made such a document.
 * @throws Fault `HISTORY_TOO_LONG`.
 */
export const explain = async (
  projection: AnyProjection,
  id: string,
  scan: HistoryScan,
): Promise<Explanation | undefined> => {
  const shaper = new Shaper(projection, id);
  for await (const event of scan.events()) shaper.see(event);
  const { shaped, document } = shaper;
  if (shaped.length === 0) return undefined;
  const chains = await chainsOf(shaped, scan);
  return { readModel: projection.collection.name, id, document, fields: shaper.fields(), shaped, chains };
};

/** Returns the commands that the first request of an event had led to, up to the one that wrote it; the first one first. */
export const chainTo = (
  { chains }: Explanation,
  { correlationId, position }: Origin,
): readonly ChainedCommand[] =>
  (chains.get(correlationId) ?? []).filter((command) => command.position <= position);

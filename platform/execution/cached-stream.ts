import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import type { EventStore, ExpectedRevision, Position, RecordedEvent, StreamName } from '../event-store';

/** A decider whose types were checked at the door (`execute`); inside, streams of all kinds are handled alike. */
export type AnyDecider = Decider<unknown, unknown, AnyFact, AnyRejection>;

/** What one command led to: `count` events from revision `first`. */
export type CommandEffect = { readonly first: bigint; readonly count: number; readonly position: Position };

/** A stream as this process knows it, folded from durable events only. */
export type CachedStream = {
  readonly state: unknown;
  readonly revision: ExpectedRevision;
  /** By command id, oldest first; shared with the successor, because it only ever grows (and forgets the oldest). */
  readonly effects: Map<string, CommandEffect>;
  /**
   * Whether it was read, or written right after what was read. False after a first append that was made without a look:
   * that may have been a repeat, and more may have been written since the first time.
   */
  readonly isSeen: boolean;
};

export const unwritten = (decider: AnyDecider): CachedStream => ({
  state: decider.initial,
  revision: 'no-stream',
  effects: new Map(),
  isSeen: false,
});

export const nextRevision = (revision: ExpectedRevision): bigint =>
  revision === 'no-stream' ? 0n : revision + 1n;

const forgetOldest = (effects: Map<string, CommandEffect>, rememberedMax: number): void => {
  for (const commandId of effects.keys()) {
    if (effects.size <= rememberedMax) return;
    effects.delete(commandId);
  }
};

/** Remembers what the command led to; its events stand next to each other. */
export const remember = (
  effects: Map<string, CommandEffect>,
  commandId: string,
  effect: CommandEffect,
  rememberedMax: number,
): void => {
  const before = effects.get(commandId);
  effects.set(
    commandId,
    before ? { first: before.first, count: before.count + effect.count, position: effect.position } : effect,
  );
  forgetOldest(effects, rememberedMax);
};

const factOf = ({ type, data }: RecordedEvent): AnyFact => ({ type, data });

/** Reads what was written after `known` and folds it in. */
export const catchUp = async (
  store: EventStore,
  stream: StreamName,
  decider: AnyDecider,
  { known, rememberedMax }: { readonly known: CachedStream; readonly rememberedMax: number },
): Promise<CachedStream> => {
  let { state, revision } = known;
  for await (const event of store.read(stream, { from: nextRevision(known.revision) })) {
    state = decider.evolve(state, factOf(event));
    revision = event.revision;
    const effect = { first: event.revision, count: 1, position: event.position };
    remember(known.effects, event.metadata.$causationId, effect, rememberedMax);
  }
  return { state, revision, effects: known.effects, isSeen: true };
};

/** The events of an effect, as they are stored. */
export const readEffect = async (
  store: EventStore,
  stream: StreamName,
  { first, count }: CommandEffect,
): Promise<readonly AnyFact[]> => {
  const facts: AnyFact[] = [];
  for await (const event of store.read(stream, { from: first, limit: count })) facts.push(factOf(event));
  return facts;
};

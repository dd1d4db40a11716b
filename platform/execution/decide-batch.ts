import type { AnyFact, AnyRejection } from '../../domain/kernel';
import { schemaOf, type NewEvent } from '../event-store';
import { decisionId, eventId } from '../ids';
import { wellFormed } from '../well-formed-text';
import type { CommandContext } from './command-context';
import type { CommandEffect } from './command-effects';
import type { AnyDecider, CachedStream, StreamRef } from './cached-stream';
import { nextRevision } from './stream-cache';

/** A command that waits to be decided. */
export type PendingCommand = {
  readonly command: unknown;
  readonly context: CommandContext;
  /** The trace context of the span of this command. Its events carry it, so that their consequences join the trace. */
  readonly traceparent: string | undefined;
};

/** The result of one command of a batch. `decided` and `rejected` hold only if the append of the batch succeeds. */
export type CommandDecision =
  | { readonly kind: 'repeat'; readonly effect: CommandEffect }
  | { readonly kind: 'decided'; readonly facts: readonly AnyFact[] }
  | { readonly kind: 'rejected'; readonly rejection: AnyRejection }
  /** The decider threw: a bug, and of this command only. */
  | { readonly kind: 'broken'; readonly error: unknown };

export type BatchDecision<Task extends PendingCommand> = {
  readonly basis: CachedStream;
  readonly state: unknown;
  readonly events: readonly NewEvent[];
  /** The length of the events' data as JSON. */
  readonly characters: number;
  readonly decisions: readonly { readonly task: Task; readonly decision: CommandDecision }[];
  /** The revisions of each command's events if the append succeeds. */
  readonly effects: readonly { readonly commandId: string; readonly first: bigint; readonly count: number }[];
};

/** JSON escapes half of a surrogate pair like this, and hardly any other text contains it. */
const ESCAPED_SURROGATE = '\\ud';

const recordsOf = (
  facts: readonly AnyFact[],
  json: string,
  { context, traceparent }: PendingCommand,
  { upcasters }: AnyDecider,
): readonly NewEvent[] => {
  const { commandId, correlationId, principal } = context;
  const decision = decisionId(commandId, json);
  return facts.map(({ type, data }, index) => ({
    id: eventId(decision, index),
    type,
    data,
    metadata: {
      $correlationId: correlationId,
      $causationId: commandId,
      actor: `${principal.kind}:${principal.id}`,
      schema: schemaOf(upcasters, type),
      traceparent,
    },
  }));
};

type Decided = { readonly decision: CommandDecision; readonly state: unknown; readonly json: string };

const decideOne = (decider: AnyDecider, command: unknown, state: unknown): Decided => {
  try {
    const result = decider.decide(command, state);
    if (!result.ok) return { decision: { kind: 'rejected', rejection: result.rejection }, state, json: '' };
    // Some senders check no text. Events are stored for ever, and every engine must store them alike.
    let facts = result.events;
    let json = JSON.stringify(facts);
    if (json.includes(ESCAPED_SURROGATE)) {
      facts = wellFormed(facts);
      json = JSON.stringify(facts);
    }
    let after = state;
    for (const fact of facts) after = decider.evolve(after, fact);
    return { decision: { kind: 'decided', facts }, state: after, json };
  } catch (error) {
    return { decision: { kind: 'broken', error }, state, json: '' };
  }
};

/** Decides a batch in order, each command on the state after the ones before it. Pure. */
export const decideBatch = <Task extends PendingCommand>(
  { decider }: Pick<StreamRef, 'decider'>,
  basis: CachedStream,
  tasks: readonly Task[],
): BatchDecision<Task> => {
  const events: NewEvent[] = [];
  const decisions: { task: Task; decision: CommandDecision }[] = [];
  const effects: { commandId: string; first: bigint; count: number }[] = [];
  const start = nextRevision(basis.revision);
  // The same command twice in one batch has one effect too. A batch of one, the usual case, needs no look-up.
  const twins = tasks.length > 1 ? new Map<string, CommandDecision>() : undefined;
  let { state } = basis;
  let characters = 0;

  for (const task of tasks) {
    const { commandId } = task.context;
    const effect = basis.effects.get(commandId);
    const known: CommandDecision | undefined = effect ? { kind: 'repeat', effect } : twins?.get(commandId);
    if (known) {
      decisions.push({ task, decision: known });
      continue;
    }
    const decided = decideOne(decider, task.command, state);
    state = decided.state;
    decisions.push({ task, decision: decided.decision });
    if (decided.decision.kind !== 'decided' || decided.decision.facts.length === 0) continue;
    const { facts } = decided.decision;
    twins?.set(commandId, decided.decision);
    effects.push({ commandId, first: start + BigInt(events.length), count: facts.length });
    events.push(...recordsOf(facts, decided.json, task, decider));
    characters += decided.json.length;
  }
  return { basis, state, events, characters, decisions, effects };
};

import fc from 'fast-check';
import { runs } from '../runs';
import type { AnyFact, AnyRejection, Decider, Decision } from '../../../domain/kernel';

/**
 * Commands that are relevant in a state, made from its figures: the due amount and another one, the truck at the
 * warehouse and another one. Random figures would rarely be relevant.
 */
export type Offers<State, Command> = (state: State) => readonly Command[];

/** One command of a walk: the state that it met, the answer, and the state that the answer led to. */
export type Step<State, Command, Event, Rejection> = {
  readonly before: State;
  readonly command: Command;
  readonly decision: Decision<Event, Rejection>;
  readonly after: State;
};

const stepFrom = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: Decider<State, Command, Event, Rejection>,
  before: State,
  command: Command,
): Step<State, Command, Event, Rejection> => {
  const decision = decider.decide(command, before);
  const after = decision.ok ? decision.events.reduce(decider.evolve, before) : before;
  return { before, command, decision, after };
};

/**
 * A property over walks of up to 40 commands from the decider's initial state, each one of those that are offered there.
 * Shrinks to the shortest walk that fails.
 */
export const alongEveryWalk = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: Decider<State, Command, Event, Rejection>,
  offers: Offers<State, Command>,
  check: (step: Step<State, Command, Event, Rejection>) => void,
): void => {
  const choices = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 40, size: 'max' });
  const walk = (picks: readonly number[]): void => {
    let state = decider.initial;
    for (const pick of picks) {
      const offered = offers(state);
      const step = stepFrom(decider, state, offered[pick % offered.length]!);
      check(step);
      state = step.after;
    }
  };
  fc.assert(fc.property(choices, walk), { numRuns: runs(100) });
};

/** Any command, sent twice, is recorded once: the second copy changes nothing or is refused. */
export const recordsOnce = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: Decider<State, Command, Event, Rejection>,
  { decision, command, after }: Step<State, Command, Event, Rejection>,
): void => {
  if (!decision.ok) return;
  const repeated = decider.decide(command, after);
  if (repeated.ok) expect(repeated.events).toStrictEqual([]);
};

/** Every step of a decider that can be reached from the start: each state once, each command that is offered there. */
export const everyStep = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: Decider<State, Command, Event, Rejection>,
  offers: Offers<State, Command>,
): readonly Step<State, Command, Event, Rejection>[] => {
  const seen = new Set<string>();
  const open = [decider.initial];
  const steps: Step<State, Command, Event, Rejection>[] = [];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const key = JSON.stringify(state);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const command of offers(state)) {
      const step = stepFrom(decider, state, command);
      steps.push(step);
      open.push(step.after);
    }
  }
  return steps;
};

import { accept, fold, reject } from '../../../domain/kernel';
import type { AnyFact, AnyRejection, Decider } from '../../../domain/kernel';

export type RepeatOptions<Rejection> = {
  /**
   * The result of the same command when it is sent again: `nothing` to record (the default), a rejection if a repeat
   * must be rejected, or `new events` if only its command id distinguishes a second command from a repeat.
   */
  readonly again?: 'nothing' | 'new events' | Rejection;
};

/**
 * The specification of a decider: given events, when a command, then events. `then` also folds the events and sends
 * the same command again, because a sender may repeat it.
 */
export const given = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  decider: Decider<State, Command, Event, Rejection>,
  history: readonly Event[],
) => ({
  when: (command: Command) => {
    const before = fold(decider.evolve, decider.initial, history);
    const decision = decider.decide(command, before);
    return {
      then: (events: readonly Event[], { again = 'nothing' }: RepeatOptions<Rejection> = {}): void => {
        // Fields without a value are not stored, so they count as absent.
        expect(decision).toEqual(accept(...events));
        const repeated = decider.decide(command, fold(decider.evolve, before, events));
        if (again === 'nothing') expect(repeated).toStrictEqual(accept());
        else if (again === 'new events') expect(repeated).toMatchObject({ ok: true, events: [{}] });
        else expect(repeated).toStrictEqual(reject(again));
      },
      thenRejected: (rejection: Rejection): void => {
        expect(decision).toStrictEqual(reject(rejection));
      },
    };
  },
});

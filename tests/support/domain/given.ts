import { accept, fold, reject } from '../../../domain/kernel';
import type { AnyFact, AnyRejection, Decider } from '../../../domain/kernel';

export type RepeatOptions<Rejection> = {
  /**
   * What the same command answers when it is sent once more: `nothing` to record (the default), a rejection where a repeat is
   * refused by rights, or `new events` where a second command is a second deed and only its command id tells them apart.
   */
  readonly again?: 'nothing' | 'new events' | Rejection;
};

/**
 * Given what happened, when this is asked, then that happens: a decider's specification in one sentence.
 *
 * `then` also folds its events and sends the very same command again, because whoever sends a command may send it twice.
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

import type { Outcome } from '../../commands/port';
import { Fault } from '../../platform/faults';

/**
 * What a command of the first start has to come to.
 *
 * @throws Fault `OUTCOME_UNKNOWN` when its answer was lost, so that the same again tells; `CONFIG_INVALID` when it was refused.
 */
export const accepted = <Success>(
  outcome: Outcome<Success>,
  what: string,
): Extract<Outcome<Success>, { kind: 'accepted' }> => {
  switch (outcome.kind) {
    case 'accepted':
      return outcome;
    case 'unknown':
      throw new Fault('OUTCOME_UNKNOWN', `${what} may not be there yet: an answer was lost.`);
    case 'rejected':
      throw new Fault('CONFIG_INVALID', `${what} could not be made: ${outcome.rejection.code}.`);
  }
};

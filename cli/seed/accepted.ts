import type { Outcome } from '../../commands';
import { Fault } from '../../platform/faults';

/**
 * Returns the outcome of a command of the first start, which must be accepted.
 *
 * @throws Fault `OUTCOME_UNKNOWN` when the answer was lost, so that the command must be sent again; `CONFIG_INVALID` when the
 *   command was rejected.
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

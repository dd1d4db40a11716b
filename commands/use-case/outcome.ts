import type { AnyFact } from '../../domain/kernel';
import type { Position } from '../../platform/event-store';
import type { CommandContext, Executed } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import type { Rejection, RejectionCode, RejectionOf } from '../rejections';

/**
 * The answer of a use case.
 *
 * - `accepted`: its events are durable. `position` is of the last event that the command wrote; undefined where it changed nothing.
 * - `rejected`: nothing was recorded, and the caller can act on the reason.
 * - `unknown`: it may or may not have happened. The same command with the same id may be sent again.
 */
export type Outcome<Success, Code extends RejectionCode = RejectionCode> =
  | { readonly kind: 'accepted'; readonly value: Success; readonly position?: Position | undefined }
  | Rejected<Code>
  | { readonly kind: 'unknown'; readonly commandId: string };

/** An outcome that is a rejection with one of these codes. */
export type Rejected<Code extends RejectionCode = RejectionCode> = {
  readonly kind: 'rejected';
  readonly rejection: RejectionOf<Code>;
};

/** The value of a use case that answers with nothing more than that it happened. */
export const nothing: Readonly<Record<string, never>> = {};

export const rejected = <Reason extends Rejection>(
  rejection: Reason,
): { readonly kind: 'rejected'; readonly rejection: Reason } => ({ kind: 'rejected', rejection });

type NotAccepted = Exclude<Outcome<never, never>, { readonly kind: 'accepted' }>;

/**
 * Returns the outcome of a command that was not accepted.
 *
 * A decider's type has the rejections of all commands of its aggregate. Those of one use case are compared with its declaration
 * when it answers, so they are left out of the type here.
 */
export const notAccepted = (
  executed: Exclude<Executed<AnyFact, Rejection>, { readonly kind: 'accepted' }>,
): NotAccepted => executed as NotAccepted;

/** Returns the outcome of one executed command. */
export const outcomeOf = <Success, Event extends AnyFact>(
  executed: Executed<Event, Rejection>,
  value: Success,
): Outcome<Success, never> =>
  executed.kind === 'accepted'
    ? { kind: 'accepted', value, position: executed.position }
    : notAccepted(executed);

/** Returns the context of a further command of a use case: its id is derived, so that a repeat sends the same command. */
export const stepOf = (context: CommandContext, purpose: string): CommandContext => ({
  ...context,
  commandId: commandId(context.commandId, purpose),
});

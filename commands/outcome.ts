import type { AnyFact } from '../domain/kernel';
import { commandId } from '../platform/ids';
import type { Executed, CommandContext } from '../platform/execution';
import type { Outcome } from './port';
import type { Rejection } from './rejections';

/** The value of a use case that has nothing to tell but that it happened. */
export const nothing: Readonly<Record<string, never>> = {};

export const rejected = (
  rejection: Rejection,
): { readonly kind: 'rejected'; readonly rejection: Rejection } => ({
  kind: 'rejected',
  rejection,
});

/** What a use case answers when one command is all it took. */
export const outcomeOf = <Success, Event extends AnyFact>(
  executed: Executed<Event, Rejection>,
  value: Success,
): Outcome<Success> => {
  if (executed.kind !== 'accepted') return executed;
  const { position } = executed;
  return { kind: 'accepted', value, ...(position === undefined ? {} : { position }) };
};

/** The context of a further command that a use case sends, with an id of its own that is the same at each repeat. */
export const stepOf = (context: CommandContext, purpose: string): CommandContext => ({
  ...context,
  commandId: commandId(context.commandId, purpose),
});

import type { Clock } from '../platform/clock';
import type { Aggregates, CommandContext } from '../platform/execution';
import type { InputOf, Outcome, SuccessOf, UseCaseName } from './port';

/**
 * Something that can be asked of the platform, in four steps: parse the input, fetch the facts that the decision needs,
 * build the command, execute. The input comes from outside: its type is a wish until it is parsed.
 */
export type UseCaseOf<Name extends UseCaseName> = (
  input: InputOf<Name>,
  context: CommandContext,
) => Promise<Outcome<SuccessOf<Name>>>;

/** A use case of each name. */
export type UseCaseRegistry = { readonly [Name in UseCaseName]: UseCaseOf<Name> };

/** What nearly every use case needs, and most need nothing else. */
export type UseCaseDeps = { readonly aggregates: Aggregates; readonly clock: Clock };

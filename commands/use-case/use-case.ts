import type { z } from 'zod';
import type { Clock } from '../../platform/clock';
import type { Aggregates } from '../../platform/execution';
import type { Allowed, AllowedContext } from './authorization';
import type { Outcome } from './outcome';
import type { RejectionCode } from '../rejections';

/** The dependencies of most use cases. One that needs more names it in the type of its handler's third parameter. */
export type UseCaseDeps = { readonly aggregates: Aggregates; readonly clock: Clock };

/**
 * The one declaration of a use case. Its types, validation, authorization, GraphQL mutation and gRPC method follow from it, and
 * so do docs/reference/use-cases.md, errors.md, schema.graphql and schema-changes.md. docs/how-to/add-a-use-case.md has all steps.
 */
export type UseCase<
  Input extends z.ZodObject,
  Success extends z.ZodObject,
  Code extends RejectionCode,
  Deps,
  Internal extends boolean,
> = {
  /** One sentence for client developers. GraphQL and gRPC show it as the description. */
  readonly summary: string;
  /** The permitted callers, checked before the handler runs: the one declaration of the permission of the use case. */
  readonly allow: Allowed;
  /** Whether only gateways, imports and operators send it: it is offered over gRPC and has no GraphQL mutation. */
  readonly internal?: Internal;
  readonly input: Input;
  readonly success: Success;
  /** Every rejection that it can answer with, besides `IDEMPOTENCY_KEY_REUSED`. Another one is a fault. */
  readonly rejections: readonly Code[];
  /** Gets the parsed input of a caller who is allowed. */
  readonly handle: (
    input: z.output<Input>,
    context: AllowedContext,
    deps: Deps,
  ) => Promise<Outcome<z.output<Success>, NoInfer<Code>>>;
};

/** A use case of any input and result. */
export type AnyUseCase = Omit<UseCase<z.ZodObject, z.ZodObject, RejectionCode, never, boolean>, 'handle'> & {
  readonly handle: (input: never, context: AllowedContext, deps: never) => Promise<Outcome<object>>;
};

/** Declares a use case. The compiler refuses a handler that itself rejects with a code that is not among `rejections`. */
export const useCase = <
  Input extends z.ZodObject,
  Success extends z.ZodObject,
  const Code extends RejectionCode,
  Deps = UseCaseDeps,
  Internal extends boolean = false,
>(
  declaration: UseCase<Input, Success, Code, Deps, Internal>,
): UseCase<Input, Success, Code, Deps, Internal> => declaration;

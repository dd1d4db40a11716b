import { createHash } from 'node:crypto';
import { idempotencyKey } from '../domain/idempotency-key';
import { rejected, stepOf } from './outcome';
import type { CommandContext } from '../platform/execution';
import type { InputOf, Outcome, SuccessOf, UseCaseName } from './port';
import type { UseCaseDeps, UseCaseOf, UseCaseRegistry } from './use-case';

const reused = rejected({ code: 'IDEMPOTENCY_KEY_REUSED' });

/** Use cases that know their sender by what is sent. An access token may end between two tries. */
const withCredentials: ReadonlySet<UseCaseName> = new Set<UseCaseName>([
  'signUp',
  'logIn',
  'refreshSession',
  'logOut',
]);

/** Input that is left out of a fingerprint: a quick hash of a password could be guessed offline. The use case checks it. */
const unhashed: ReadonlySet<string> = new Set(['password']);

/** Whether a field says no more than its absence, as over a wire that leaves defaults out. */
const isDefault = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** The same value is the same text, whatever the order of its fields and whichever way it came. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name, field]) => !unhashed.has(name) && !isDefault(field))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]: [string, unknown]) => [name, canonical(field)] as const);
  return Object.fromEntries(fields);
};

const fingerprintOf = (name: UseCaseName, input: object, { principal }: CommandContext): string => {
  const sender = withCredentials.has(name) ? null : principal.id;
  return createHash('sha256')
    .update(JSON.stringify([name, sender, canonical(input)]))
    .digest('hex');
};

/** What forbids the command under its key; undefined where the key is its own. */
const objection = async (
  { aggregates, clock }: UseCaseDeps,
  [name, input]: readonly [UseCaseName, object],
  context: CommandContext,
): Promise<Exclude<Outcome<never>, { kind: 'accepted' }> | undefined> => {
  const { commandId } = context;
  const fingerprint = fingerprintOf(name, input, context);
  const executed = await aggregates.execute(
    idempotencyKey,
    commandId,
    { type: 'BindIdempotencyKey', commandId, useCase: name, fingerprint, at: clock.now() },
    stepOf(context, 'bind'),
  );
  if (executed.kind === 'unknown') return { kind: 'unknown', commandId };
  if (executed.kind === 'rejected') return executed;
  // A repeat is answered with the first event, without a decision.
  const [event] = executed.events;
  return event === undefined || event.data.fingerprint === fingerprint ? undefined : reused;
};

/**
 * Makes each use case bind the command's id to its sender and input where the caller chose the id (`context.keyed`). The same
 * id with anything else is refused with `IDEMPOTENCY_KEY_REUSED`: it neither gets the answer of the first command nor has an
 * effect on another stream.
 */
export const boundToInput = (useCases: UseCaseRegistry, deps: UseCaseDeps): UseCaseRegistry => {
  const bound = <Name extends UseCaseName>(name: Name, useCase: UseCaseOf<Name>): UseCaseOf<Name> => {
    return async (input: InputOf<Name>, context): Promise<Outcome<SuccessOf<Name>>> => {
      const objected = context.keyed ? await objection(deps, [name, input], context) : undefined;
      return objected ?? useCase(input, context);
    };
  };
  const entries = (Object.keys(useCases) as UseCaseName[]).map((name) => [
    name,
    // Each name has the use case of that name; the compiler can't follow the pairing here.
    bound(name, useCases[name] as UseCaseOf<UseCaseName>),
  ]);
  return Object.fromEntries(entries) as UseCaseRegistry;
};

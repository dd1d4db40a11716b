import { createHash } from 'node:crypto';
import { idempotencyKey } from '../../domain/idempotency-key';
import type { CommandContext } from '../../platform/execution';
import type { Allowed } from './authorization';
import { rejected, stepOf, type Outcome } from './outcome';
import type { UseCaseDeps } from './use-case';

const reused = rejected({ code: 'IDEMPOTENCY_KEY_REUSED' });

/** Input that is left out of a fingerprint: a quick hash of a password could be guessed offline. The use case checks it. */
const unhashed: ReadonlySet<string> = new Set(['password', 'currentPassword', 'newPassword']);

/** Tests whether a field means the same as its absence, for transports that omit defaults. */
const isDefault = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** Normalises a value: the same value has the same text, with any order of fields and over any transport. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name, field]) => !unhashed.has(name) && !isDefault(field))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]: [string, unknown]) => [name, canonical(field)] as const);
  return Object.fromEntries(fields);
};

/** A use case that was sent under a key. */
type Keyed = { readonly name: string; readonly input: object; readonly allow: Allowed };

/**
 * Returns the fingerprint. Use cases for everyone identify their sender by the input, because an access token may
 * expire between two attempts.
 */
const fingerprintOf = ({ name, input, allow }: Keyed, { principal }: CommandContext): string => {
  const sender = allow === 'everyone' ? null : principal.id;
  return createHash('sha256')
    .update(JSON.stringify([name, sender, canonical(input)]))
    .digest('hex');
};

/**
 * Binds the id of a command to its sender and input, if the caller chose the id (`context.keyed`).
 *
 * @returns the rejection of the command: the same id with other content is rejected with `IDEMPOTENCY_KEY_REUSED`. It
 * neither gets the answer of the first command nor has an effect on another stream. Undefined if the id is free, or the
 * command is a repeat.
 */
export const keyRejection = async (
  { aggregates, clock }: UseCaseDeps,
  keyed: Keyed,
  context: CommandContext,
): Promise<Exclude<Outcome<never, 'IDEMPOTENCY_KEY_REUSED'>, { kind: 'accepted' }> | undefined> => {
  const { commandId } = context;
  const fingerprint = fingerprintOf(keyed, context);
  const keys = aggregates.of(idempotencyKey);
  const executed = await keys.execute(
    commandId,
    { type: 'BindIdempotencyKey', commandId, useCase: keyed.name, fingerprint, at: clock.now() },
    stepOf(context, 'bind'),
    { assumeNew: true },
  );
  if (executed.kind === 'unknown') return { kind: 'unknown', commandId };
  if (executed.kind === 'rejected') return reused;
  // A repeat is answered with the first event, without a decision.
  const [event] = executed.events;
  return event === undefined || event.data.fingerprint === fingerprint ? undefined : reused;
};

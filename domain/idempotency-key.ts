import { accept, reject } from './kernel';
import type { Decider, Decision, Fact, Instant } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The key belongs to this command. `fingerprint`: SHA-256, hex, of sender, use case and input, without passwords. */
export type IdempotencyKeyBound = Fact<
  'IdempotencyKeyBound',
  { commandId: string; useCase: string; fingerprint: string; boundAt: Instant }
>;

export type IdempotencyKeyEvent = IdempotencyKeyBound;

export const idempotencyKeyEventTypes = {
  IdempotencyKeyBound: true,
} as const satisfies Record<IdempotencyKeyEvent['type'], true>;

/** Binds a key to its first command. Another fingerprint under the same key means another command. */
export type BindIdempotencyKey = {
  readonly type: 'BindIdempotencyKey';
  readonly commandId: string;
  readonly useCase: string;
  readonly fingerprint: string;
  readonly at: Instant;
};

export type IdempotencyKeyCommand = BindIdempotencyKey;

export type IdempotencyKeyRejection = { readonly code: 'IDEMPOTENCY_KEY_REUSED' };

/** One key, with one stream. A key without a fingerprint is free. */
export type IdempotencyKeyState = { readonly fingerprint?: string | undefined };

const evolve = (_state: IdempotencyKeyState, { data }: IdempotencyKeyEvent): IdempotencyKeyState => ({
  fingerprint: data.fingerprint,
});

/** Decides the only command: bind the key. */
const decide = (
  { commandId, useCase, fingerprint, at }: IdempotencyKeyCommand,
  state: IdempotencyKeyState,
): Decision<IdempotencyKeyEvent, IdempotencyKeyRejection> => {
  if (state.fingerprint === undefined)
    return accept({
      type: 'IdempotencyKeyBound',
      data: { commandId, useCase, fingerprint, boundAt: at },
    });
  return state.fingerprint === fingerprint ? accept() : reject({ code: 'IDEMPOTENCY_KEY_REUSED' });
};

export const idempotencyKey: Decider<
  IdempotencyKeyState,
  IdempotencyKeyCommand,
  IdempotencyKeyEvent,
  IdempotencyKeyRejection
> = {
  category: 'idempotency_key',
  initial: {},
  decide,
  evolve,
  // Most keys are used once, so the stream is seldom read.
};

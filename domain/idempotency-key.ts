import { accept, reject } from './kernel';
import type { Decider, Decision, Fact, Instant } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The key stands for this command alone. `fingerprint`: SHA-256, hex, of sender, use case and input, passwords left out. */
export type IdempotencyKeyBound = Fact<
  'IdempotencyKeyBound',
  { commandId: string; useCase: string; fingerprint: string; boundAt: Instant }
>;

export type IdempotencyKeyEvent = IdempotencyKeyBound;

export const idempotencyKeyEventTypes = {
  IdempotencyKeyBound: true,
} as const satisfies Record<IdempotencyKeyEvent['type'], true>;

/** The first command under a key. `fingerprint`: of who sent what; another one under the same key is another command. */
export type BindIdempotencyKey = {
  readonly type: 'BindIdempotencyKey';
  readonly commandId: string;
  readonly useCase: string;
  readonly fingerprint: string;
  readonly at: Instant;
};

export type IdempotencyKeyCommand = BindIdempotencyKey;

export type IdempotencyKeyRejection = { readonly code: 'IDEMPOTENCY_KEY_REUSED' };

/** One key, one stream. Without a fingerprint it is free. */
export type IdempotencyKeyState = { readonly fingerprint?: string };

const evolve = (_state: IdempotencyKeyState, { data }: IdempotencyKeyEvent): IdempotencyKeyState => ({
  fingerprint: data.fingerprint,
});

/** There is one command: bind the key. */
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
  // Most keys come once.
  begins: () => true,
};

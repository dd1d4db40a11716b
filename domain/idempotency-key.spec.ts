import { given } from '../tests/support/domain/given';
import type { Instant } from './kernel';
import { idempotencyKey, type IdempotencyKeyCommand, type IdempotencyKeyEvent } from './idempotency-key';

const commandId = '018f4f6e-7c1e-7000-8000-000000000001';
const at = '2026-11-02T09:00:00.000Z' as Instant;
const bind = (fingerprint: string): IdempotencyKeyCommand => ({
  type: 'BindIdempotencyKey',
  commandId,
  useCase: 'placeOrder',
  fingerprint,
  at,
});
const bound: IdempotencyKeyEvent = {
  type: 'IdempotencyKeyBound',
  data: { commandId, useCase: 'placeOrder', fingerprint: 'one', boundAt: at },
};

describe('BindIdempotencyKey', () => {
  it('binds a free key', () => given(idempotencyKey, []).when(bind('one')).then([bound]));

  it('lets the same command have it again', () => given(idempotencyKey, [bound]).when(bind('one')).then([]));

  it('refuses it to another command', () =>
    given(idempotencyKey, [bound]).when(bind('two')).thenRejected({ code: 'IDEMPOTENCY_KEY_REUSED' }));
});

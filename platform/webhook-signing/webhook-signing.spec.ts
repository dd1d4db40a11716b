import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { instantOf } from '../../domain/kernel';
import { isUsableSecret, signBody, signWebhook, verifyBody, verifyWebhook, webhookSecretOf } from './';

// The package reads the machine's clock, so these examples live in the present.
const nowMs = Date.now();
const now = instantOf(nowMs);
const secret = `whsec_${Buffer.from('a secret of the spec, 24 b').toString('base64')}`;
const other = `whsec_${Buffer.from('another secret of the spec').toString('base64')}`;
const body = Buffer.from('{"type":"carrier.truck.arrived","data":{"truckId":7}}');

describe('a signed webhook', () => {
  it('is what the standard’s own package makes and takes', () =>
    fc.assert(
      fc.property(fc.uuid(), fc.json(), (id, json) => {
        const text = Buffer.from(json);
        const theirs = new Webhook(secret);
        const ours = signWebhook(id, text, [secret], now);
        expect(ours['webhook-signature']).toBe(theirs.sign(id, new Date(nowMs), json));
        expect(() => theirs.verify(json, { ...ours })).not.toThrow();
        expect(verifyWebhook(ours, text, [secret], now)).toEqual({ ok: true, messageId: id });
      }),
    ));

  it('is taken under any of the secrets in force, and made under all of them', () => {
    const rotating = signWebhook('m1', body, [other, secret], now);
    expect(verifyWebhook(rotating, body, [secret], now).ok).toBe(true);
    expect(() => new Webhook(other).verify(body.toString(), { ...rotating })).not.toThrow();
    const old = signWebhook('m1', body, [other], now);
    expect(verifyWebhook(old, body, [secret, other], now).ok).toBe(true);
    expect(verifyWebhook(old, body, [secret], now)).toEqual({ ok: false, why: 'forged' });
  });

  it('takes a secret that is no base64 as it is', () => {
    const plain = signWebhook('m1', body, ['correct horse battery'], now);
    expect(() =>
      new Webhook('correct horse battery', { format: 'raw' }).verify(body.toString(), { ...plain }),
    ).not.toThrow();
  });

  it.each([
    ['its body is changed', { body: Buffer.from(body.toString().replace('7', '8')) }],
    ['its id is changed', { 'webhook-id': 'm2' }],
    ['its time is changed', { 'webhook-timestamp': String(Math.floor(nowMs / 1000) - 1) }],
    ['it has another version only', { 'webhook-signature': 'v1a,AAAA' }],
    ['its signature is cut', { 'webhook-signature': 'v1,AAAA' }],
  ])('is forged when %s', (_, change: { body?: Buffer } & Record<string, unknown>) => {
    const { body: changed = body, ...headers } = change;
    const signed = { ...signWebhook('m1', body, [secret], now), ...headers };
    expect(verifyWebhook(signed, changed, [secret], now)).toEqual({ ok: false, why: 'forged' });
  });

  it.each([-301, 301])('is stale when our clock is %i seconds off', (seconds) => {
    const signed = signWebhook('m1', body, [secret], now);
    const then = instantOf(Math.floor(nowMs / 1000) * 1000 + seconds * 1000);
    expect(verifyWebhook(signed, body, [secret], then)).toEqual({ ok: false, why: 'stale' });
    const within = instantOf(Math.floor(nowMs / 1000) * 1000 + (seconds - Math.sign(seconds)) * 1000);
    expect(verifyWebhook(signed, body, [secret], within).ok).toBe(true);
  });

  it('says when there is no signature, or none that can be read', () => {
    const signed = signWebhook('m1', body, [secret], now);
    expect(verifyWebhook({}, body, [secret], now)).toEqual({ ok: false, why: 'missing' });
    expect(verifyWebhook({ ...signed, 'webhook-timestamp': 'soon' }, body, [secret], now)).toEqual({
      ok: false,
      why: 'malformed',
    });
    expect(verifyWebhook({ ...signed, 'webhook-id': 'x'.repeat(257) }, body, [secret], now)).toEqual({
      ok: false,
      why: 'malformed',
    });
  });

  it('is never taken without a secret', () =>
    expect(verifyWebhook(signWebhook('m1', body, [''], now), body, [], now).ok).toBe(false));
});

describe('a secret', () => {
  it('that is made up is taken by the standard’s own package', () => {
    const made = webhookSecretOf(Buffer.alloc(32, 0xfb));
    expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const signed = signWebhook('m1', body, [made], now);
    expect(() => new Webhook(made).verify(body.toString(), { ...signed })).not.toThrow();
    expect(isUsableSecret(made)).toBe(true);
  });

  it.each([
    'whsec_',
    'whsec_abc',
    'whsec_not base64 at all, is it',
    `whsec_${'-_'.repeat(20)}`,
    'whsec_AAAAAAAAAAAAAAAA',
  ])('%s is of no use', (text) => expect(isUsableSecret(text)).toBe(false));

  it('that has no prefix is of use as it is', () =>
    expect(isUsableSecret('correct horse battery')).toBe(true));
});

describe('a signed body', () => {
  it('takes a secret as it is, with any prefix', () =>
    // echo -n '{}' | openssl dgst -sha256 -hmac whsec_c2VjcmV0 -binary | base64
    expect(signBody(Buffer.from('{}'), 'whsec_c2VjcmV0')).toBe(
      '8qnUi+UbA+F0IqFJmkzbf4QAr9CqTPUPNLmFLSI1U7s=',
    ));

  it('is the HMAC-SHA256 of the raw bytes', () =>
    // echo -n 'what do ya want for nothing?' | openssl dgst -sha256 -hmac Jefe (RFC 4231, case 2)
    expect(
      Buffer.from(signBody(Buffer.from('what do ya want for nothing?'), 'Jefe'), 'base64').toString('hex'),
    ).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'));

  it('is believed under a known secret only', () => {
    const signature = signBody(body, 'ours');
    expect(verifyBody(signature, body, ['older', 'ours'])).toBe(true);
    expect(verifyBody(signature, body, ['older'])).toBe(false);
    expect(verifyBody('', body, ['ours'])).toBe(false);
    expect(verifyBody(signature, Buffer.from('{}'), ['ours'])).toBe(false);
  });
});

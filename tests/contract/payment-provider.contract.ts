import type { CaptureRequest, RefundRequest } from '../../commands/payment';
import { authorisationsContract } from './payment-authorisations.contract';
import type { ProviderUnderTest } from './provider-under-test';
import type { Instant, OrderId } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { uuidV5 } from '../../platform/ids';

export type { ProviderUnderTest } from './provider-under-test';

const MINUTE_MS = 60_000;

/** Specifies every provider of payments. `key`: a test uses each once. */
export const paymentProviderContract = (make: () => ProviderUnderTest): void => {
  let at: ProviderUnderTest;
  let count = 0;
  beforeEach(() => {
    at = make();
  });

  const amount = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
  const requestOf = (method: string): CaptureRequest => {
    count += 1;
    return {
      key: uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', `key ${count}`),
      method,
      amount,
      orderId: uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'order') as OrderId,
      payBy: new Date(Date.parse(at.now()) + 30 * MINUTE_MS).toISOString() as Instant,
    };
  };
  const movesOf = (key: string): number => at.moved().filter((move) => move.key === key).length;
  const takenBy = async (method: string): Promise<RefundRequest> => {
    const taken = await at.open().capture(requestOf(method));
    if (taken.kind !== 'captured') throw new Error(`${method}: ${taken.kind}`);
    const { key } = requestOf(method);
    return { key, reference: taken.reference, amount };
  };

  it('offers each method that it takes', () => {
    const { declined, payerActs, ...others } = at.methods;
    expect(at.open().methods).toEqual(
      expect.arrayContaining([...declined, ...payerActs, ...Object.values(others)]),
    );
  });

  it('takes the money of a key once, also over a restart', async () => {
    const request = requestOf(at.methods.taken);
    const first = await at.open().capture(request);
    expect(first).toMatchObject({ kind: 'captured' });
    expect(await at.open().capture(request)).toEqual(first);
    expect(movesOf(request.key)).toBe(1);
  });

  it('takes the money of a key once where it is asked several times at once', async () => {
    const request = requestOf(at.methods.taken);
    const answers = await Promise.all(Array.from({ length: 5 }, () => at.open().capture(request)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(movesOf(request.key)).toBe(1);
  });

  it('declines for good, with a sentence for the customer', async () => {
    for (const method of at.methods.declined) {
      const request = requestOf(method);
      const first = await at.open().capture(request);
      expect(first).toMatchObject({
        kind: 'declined',
        reason: expect.stringMatching(/^[A-Z].+\.$/) as string,
      });
      expect(await at.open().capture(request)).toEqual(first);
      expect(movesOf(request.key)).toBe(0);
    }
  });

  it('has taken the money once although its first answer was lost', async () => {
    const request = requestOf(at.methods.answerLost);
    const first = await at
      .open()
      .capture(request)
      .catch(() => ({ kind: 'unknown' }));
    expect(first).toMatchObject({ kind: 'unknown' });
    expect(await at.open().capture(request)).toMatchObject({ kind: 'captured' });
    expect(movesOf(request.key)).toBe(1);
  });

  it('knows nothing of a payment that was not begun, and takes nothing', async () => {
    const request = requestOf(at.methods.payerActs[0] ?? '');
    expect((await at.open().find(request)).kind).not.toBe('captured');
    expect(movesOf(request.key)).toBe(0);
  });

  describe('where the payer must act', () => {
    const eachMethod = async (run: (request: CaptureRequest) => Promise<void>): Promise<void> => {
      for (const method of at.methods.payerActs) await run(requestOf(method));
    };

    it('says how, the same again, and takes nothing yet', () =>
      eachMethod(async (request) => {
        expect(await at.open().capture(request)).toMatchObject({ kind: 'action-required' });
        expect(await at.open().capture(request)).toMatchObject({ kind: 'action-required' });
        expect(await at.open().find(request)).toMatchObject({ kind: 'action-required' });
        expect(movesOf(request.key)).toBe(0);
      }));

    it('takes the money once when the payer approves', () =>
      eachMethod(async (request) => {
        await at.open().capture(request);
        await at.payer(request.key, 'approved');
        const found = await at.open().find(request);
        expect(found).toMatchObject({ kind: 'captured' });
        expect(await at.open().capture(request)).toEqual(found);
        expect(await at.open().cancel(request)).toEqual(found);
        expect(movesOf(request.key)).toBe(1);
      }));

    it('takes nothing when the payer declines', () =>
      eachMethod(async (request) => {
        await at.open().capture(request);
        await at.payer(request.key, 'declined');
        expect(await at.open().find(request)).toMatchObject({ kind: 'declined' });
        expect(await at.open().cancel(request)).toMatchObject({ kind: 'declined' });
        expect(movesOf(request.key)).toBe(0);
      }));

    it('takes nothing after the end by the shop, even if the payer approves then', () =>
      eachMethod(async (request) => {
        await at.open().capture(request);
        const cancelled = await at.open().cancel(request);
        expect(cancelled).toMatchObject({ kind: 'declined' });
        await at.payer(request.key, 'approved');
        expect(await at.open().find(request)).toEqual(cancelled);
        expect(await at.open().cancel(request)).toEqual(cancelled);
        expect(movesOf(request.key)).toBe(0);
      }));

    it('takes nothing after the time for it', () =>
      eachMethod(async (request) => {
        await at.open().capture(request);
        await at.advance(31 * MINUTE_MS);
        await at.payer(request.key, 'approved');
        expect(await at.open().find(request)).toMatchObject({ kind: 'declined' });
        expect(movesOf(request.key)).toBe(0);
      }));

    it('is either approved or ended by the shop where both come at once', () =>
      eachMethod(async (request) => {
        await at.open().capture(request);
        const [cancelled] = await Promise.all([at.open().cancel(request), at.payer(request.key, 'approved')]);
        expect((await at.open().find(request)).kind).toBe(cancelled.kind);
        expect(movesOf(request.key)).toBe(cancelled.kind === 'captured' ? 1 : 0);
      }));
  });

  it.each([
    ['pendingTaken', 'captured', 1],
    ['pendingDeclined', 'declined', 0],
  ] as const)('decides later: %s', async (which, outcome, moves) => {
    const request = requestOf(at.methods[which]);
    expect(await at.open().capture(request)).toEqual({ kind: 'pending' });
    expect(await at.open().cancel(request)).toMatchObject({ kind: 'pending' });
    await at.advance(at.decidesWithinMs);
    expect(await at.open().find(request)).toMatchObject({ kind: outcome });
    expect(await at.open().capture(request)).toMatchObject({ kind: outcome });
    expect(movesOf(request.key)).toBe(moves);
  });

  it('gives back the money of a key once', async () => {
    const refund = await takenBy(at.methods.taken);
    const first = await at.open().refund(refund);
    expect(first).toMatchObject({ kind: 'refunded' });
    expect(await at.open().refund(refund)).toEqual(first);
    expect(movesOf(refund.key)).toBe(1);
  });

  it('gives money back later, once', async () => {
    const refund = await takenBy(at.methods.refundPending);
    expect(await at.open().refund(refund)).toEqual({ kind: 'pending' });
    expect(await at.open().findRefund(refund)).toEqual({ kind: 'pending' });
    await at.advance(at.decidesWithinMs);
    expect(await at.open().findRefund(refund)).toMatchObject({ kind: 'refunded' });
    expect(await at.open().refund(refund)).toMatchObject({ kind: 'refunded' });
    expect(movesOf(refund.key)).toBe(1);
  });

  it('refuses to give money back, and says why', async () => {
    const refund = await takenBy(at.methods.refundRefused);
    expect(await at.open().refund(refund)).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/\.$/) as string,
    });
    expect(movesOf(refund.key)).toBe(0);
  });

  authorisationsContract(() => at, requestOf, movesOf);
};

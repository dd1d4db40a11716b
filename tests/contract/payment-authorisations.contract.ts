import type { Authorisations, CaptureRequest, PartCaptureRequest } from '../../commands/payment';
import { uuidV5 } from '../../platform/ids';
import type { ProviderUnderTest } from './provider-under-test';

const HALF = { amountMinor: 650, currency: 'GBP' } as CaptureRequest['amount'];

/**
 * Specifies what a provider does that holds money first and takes it later.
 *
 * @param requestOf - a new request by a method. @param movesOf - the number of movements of a key.
 */
export const authorisationsContract = (
  under: () => ProviderUnderTest,
  requestOf: (method: string) => CaptureRequest,
  movesOf: (key: string) => number,
): void => {
  let count = 0;

  describe('where money is held first', () => {
    /** Undefined where the provider declares none: it works as before. */
    const held = (): NonNullable<ProviderUnderTest['held']> | undefined => under().held;
    const provider = (): Authorisations => {
      const { authorisations } = under().open();
      if (authorisations === undefined) throw new Error('The provider declares no authorisations');
      return authorisations;
    };
    const holdOf = async (method: string): Promise<{ request: CaptureRequest; reference: string }> => {
      const request = requestOf(method);
      const answer = await provider().authorise(request);
      if (answer.kind !== 'authorised') throw new Error(`${method}: ${answer.kind}`);
      return { request, reference: answer.reference };
    };
    const partOf = (reference: string, amount = HALF): PartCaptureRequest => {
      count += 1;
      return { key: uuidV5('6ba7b811-9dad-11d1-80b4-00c04fd430c8', `part ${count}`), reference, amount };
    };

    it('declares it, or does not', () => {
      expect(under().open().authorisations === undefined).toBe(held() === undefined);
    });

    it('holds the money of a key once, takes none, and says until when, also over a restart', async () => {
      if (!held()) return;
      const request = requestOf(under().methods.taken);
      const first = await provider().authorise(request);
      expect(first).toMatchObject({ kind: 'authorised' });
      const until = first.kind === 'authorised' ? Date.parse(first.authorisedUntil) : 0;
      expect(until).toBeGreaterThan(Date.parse(under().now()));
      expect(await provider().authorise(request)).toEqual(first);
      expect(await under().open().find(request)).toEqual(first);
      expect(await under().open().cancel(request)).toEqual(first);
      expect(movesOf(request.key)).toBe(0);
    });

    it('declines to hold for good', async () => {
      if (!held()) return;
      for (const method of under().methods.declined)
        expect(await provider().authorise(requestOf(method))).toMatchObject({ kind: 'declined' });
    });

    it('holds the money when its payer approves', async () => {
      if (!held()) return;
      for (const method of under().methods.payerActs) {
        const request = requestOf(method);
        expect(await provider().authorise(request)).toMatchObject({ kind: 'action-required' });
        await under().payer(request.key, 'approved');
        const found = await under().open().find(request);
        expect(found).toMatchObject({ kind: 'authorised' });
        expect(await under().open().cancel(request)).toEqual(found);
        expect(movesOf(request.key)).toBe(0);
      }
    });

    it('takes a part, and the rest, each once', async () => {
      if (!held()) return;
      const { reference } = await holdOf(under().methods.taken);
      const [one, other] = [partOf(reference), partOf(reference)];
      const first = await provider().capture(one);
      expect(first).toMatchObject({ kind: 'captured' });
      expect(await provider().capture(one)).toEqual(first);
      expect(await provider().findCapture(one)).toEqual(first);
      expect(await provider().capture(other)).toMatchObject({ kind: 'captured' });
      expect([movesOf(one.key), movesOf(other.key)]).toEqual([1, 1]);
    });

    it('takes a capture once although its first answer was lost', async () => {
      if (!held()) return;
      const request = requestOf(under().methods.answerLost);
      const lost = await provider().authorise(request);
      expect(lost).toMatchObject({ kind: 'unknown' });
      const { reference } = (await provider().authorise(request)) as { reference: string };
      const part = partOf(reference);
      expect(await provider().capture(part)).toMatchObject({ kind: 'unknown' });
      expect(await provider().capture(part)).toMatchObject({ kind: 'captured' });
      expect(movesOf(part.key)).toBe(1);
    });

    it('takes no more than it holds, in any order', async () => {
      if (!held()) return;
      const { reference } = await holdOf(under().methods.taken);
      const parts = [partOf(reference), partOf(reference), partOf(reference)];
      const answers = await Promise.all(parts.map((part) => provider().capture(part)));
      expect(answers.filter(({ kind }) => kind === 'captured')).toHaveLength(2);
      expect(answers.filter(({ kind }) => kind === 'declined')).toHaveLength(1);
    });

    it('takes nothing after the end by the shop, which is the same again', async () => {
      if (!held()) return;
      const { reference } = await holdOf(under().methods.taken);
      const part = partOf(reference);
      await provider().capture(part);
      expect(await provider().void({ reference })).toEqual({ kind: 'voided' });
      expect(await provider().void({ reference })).toEqual({ kind: 'voided' });
      const late = partOf(reference);
      expect(await provider().capture(late)).toMatchObject({ kind: 'declined' });
      expect(await provider().capture(part)).toMatchObject({ kind: 'captured' });
      expect([movesOf(part.key), movesOf(late.key)]).toEqual([1, 0]);
    });

    it('is either captured or ended where both come at once', async () => {
      if (!held()) return;
      const { reference } = await holdOf(under().methods.taken);
      const part = partOf(reference);
      const [answer] = await Promise.all([provider().capture(part), provider().void({ reference })]);
      expect(movesOf(part.key)).toBe(answer.kind === 'captured' ? 1 : 0);
    });

    it('refuses a capture for good, and says why', async () => {
      const methods = held();
      if (!methods) return;
      const { reference } = await holdOf(methods.captureRefused);
      const part = partOf(reference);
      const refused = await provider().capture(part);
      expect(refused).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/\.$/) as string });
      expect(await provider().capture(part)).toEqual(refused);
      expect(movesOf(part.key)).toBe(0);
    });

    it('refuses to take a part, and takes all', async () => {
      const methods = held();
      if (!methods) return;
      const { request, reference } = await holdOf(methods.partRefused);
      expect(await provider().capture(partOf(reference))).toMatchObject({ kind: 'declined' });
      expect(await provider().capture(partOf(reference, request.amount))).toMatchObject({ kind: 'captured' });
    });

    it('decides on a capture later, once', async () => {
      const methods = held();
      if (!methods) return;
      const { reference } = await holdOf(methods.capturePending);
      const part = partOf(reference);
      expect(await provider().capture(part)).toEqual({ kind: 'pending' });
      expect(await provider().findCapture(part)).toEqual({ kind: 'pending' });
      await under().advance(under().decidesWithinMs);
      expect(await provider().findCapture(part)).toMatchObject({ kind: 'captured' });
      expect(await provider().capture(part)).toMatchObject({ kind: 'captured' });
      expect(movesOf(part.key)).toBe(1);
    });

    it('takes nothing after the authorisation has ended by itself', async () => {
      const methods = held();
      if (!methods) return;
      const { reference } = await holdOf(methods.expires);
      await under().advance(methods.expiresWithinMs);
      expect(await provider().capture(partOf(reference))).toMatchObject({ kind: 'declined' });
      expect(await provider().void({ reference })).toEqual({ kind: 'voided' });
    });

    it('refuses to end an authorisation, and says why', async () => {
      const methods = held();
      if (!methods) return;
      const { reference } = await holdOf(methods.voidRefused);
      expect(await provider().void({ reference })).toMatchObject({
        kind: 'declined',
        reason: expect.stringMatching(/\.$/) as string,
      });
    });

    it('gives back what was taken of it', async () => {
      if (!held()) return;
      const { reference } = await holdOf(under().methods.taken);
      await provider().capture(partOf(reference));
      const refund = { ...partOf(reference), amount: HALF };
      expect(await under().open().refund(refund)).toMatchObject({ kind: 'refunded' });
      expect(movesOf(refund.key)).toBe(1);
    });
  });
};

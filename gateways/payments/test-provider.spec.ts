import type { OrderId } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { testPaymentProvider } from './test-provider';

const amount = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const request = { key: 'k', amount, orderId: 'o' as OrderId };

describe('the test payment provider', () => {
  it('captures once a key, over restarts too', async () => {
    const first = await testPaymentProvider().capture({ ...request, method: 'test' });
    expect(first).toEqual({ kind: 'captured', reference: 'test-k' });
    expect(await testPaymentProvider().capture({ ...request, method: 'test' })).toEqual(first);
  });

  it('declines the method that is there to be declined', async () => {
    const declined = await testPaymentProvider().capture({ ...request, method: 'test-declined' });
    expect(declined).toMatchObject({ kind: 'declined' });
  });

  it('gives back', async () => {
    const refund = { key: 'r', reference: 'test-k', amount };
    expect(await testPaymentProvider().refund(refund)).toEqual({
      kind: 'refunded',
      reference: 'test-refund-r',
    });
  });
});

import { silentLogger } from '../../platform/telemetry';
import { createScriptedProvider, idOf, system } from '../../tests/support/commands/order-fixture';
import { orderId, paymentId, total } from '../../tests/support/domain/orders';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import type { Aggregates } from '../../platform/execution';
import { createSettlePayment } from './settle-payment';

it('does not call money given back that neither the order nor the payment will let go', async () => {
  const refusing = {
    of: ({ category }: { readonly category: string }) => ({
      load: async () => ({ status: 'CAPTURED' }),
      execute: async () => ({
        kind: 'rejected',
        rejection: { code: category === 'order' ? 'ORDER_WRONG_STATUS' : 'REFUND_TOO_LARGE' },
      }),
    }),
  } as unknown as Aggregates;
  const settle = createSettlePayment({
    ...{ aggregates: refusing, provider: createScriptedProvider() },
    ...{ clock: createVirtualClock(), random: seededRandom(1), logger: silentLogger },
  });
  const requested = { paymentId, orderId, amount: total, method: 'test' };
  const context = { commandId: idOf('settle'), correlationId: 'c', principal: system };
  await expect(settle(requested, context)).rejects.toThrow('REFUND_TOO_LARGE');
});

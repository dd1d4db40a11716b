import type { CaptureId, PaymentId, RefundId } from '../domain/kernel';
import type { Clock } from '../platform/clock';
import { openReader } from '../platform/projections';
import type { ReadModels } from '../platform/read-models';
import { payments } from './payments';

type WaitingPayment = {
  readonly paymentId: PaymentId;
  readonly refundIds: readonly RefundId[];
  readonly captureIds: readonly CaptureId[];
};

/** Returns a look-up of the payments, captures and refunds that wait for their payer or for the provider: of each kind the oldest. */
export const waitingPaymentsIn = (
  readModels: ReadModels,
  clock: Clock,
): ((limit: number) => Promise<readonly WaitingPayment[]>) => {
  const reader = openReader(readModels, payments, clock);
  const oldest = { order: 'ascending' } as const;

  const inStatus = async (status: 'ACTION_REQUIRED' | 'PENDING', first: number) => {
    const { items } = await reader.list({ index: 'by_status', where: { status }, ...oldest, first });
    return items.map(({ document: { id } }): WaitingPayment => ({
      ...{ paymentId: id, refundIds: [], captureIds: [] },
    }));
  };

  const refunding = async (first: number) => {
    const { items } = await reader.list({ index: 'by_pending_refunds', range: { gte: 1 }, ...oldest, first });
    return items.map(({ document: { id, refunds } }): WaitingPayment => {
      const pending = refunds.filter(({ status }) => status === 'PENDING');
      return { paymentId: id, refundIds: pending.map((refund) => refund.id), captureIds: [] };
    });
  };

  const capturing = async (first: number) => {
    const { items } = await reader.list({
      ...{ index: 'by_pending_captures', range: { gte: 1 } },
      ...{ ...oldest, first },
    });
    return items.map(({ document: { id, captures } }): WaitingPayment => {
      const pending = captures.filter(({ status }) => status === 'PENDING');
      return { paymentId: id, refundIds: [], captureIds: pending.map((capture) => capture.id) };
    });
  };

  return async (limit) => [
    ...(await inStatus('ACTION_REQUIRED', limit)),
    ...(await inStatus('PENDING', limit)),
    ...(await refunding(limit)),
    ...(await capturing(limit)),
  ];
};

import { afterSales, type AfterSalesCommand } from '../../domain/after-sales';
import { stepsOf, type Step } from '../../web/after-sales/steps';
import { at, offers } from '../support/domain/after-sales';
import { everyStep } from '../support/domain/walk';

const stepBy: Readonly<Partial<Record<AfterSalesCommand['type'], Step>>> = {
  ApproveAfterSales: 'approve',
  RefuseAfterSales: 'refuse',
  RecordParcelReceived: 'receive',
  InspectParcel: 'inspect',
  SendReplacement: 'replace',
  RefundInstead: 'refundInstead',
  DecideDispute: 'settle',
  RetryAfterSalesRefund: 'retryRefund',
  CloseAfterSales: 'close',
};

/** Each step of those who decide in each state: whether the pages offer it, and whether the request accepts it. */
const answers = everyStep(afterSales, offers).flatMap(({ before, command, decision }) => {
  const step = stepBy[command.type];
  if (step === undefined || before.status === 'NONE') return [];
  const { status, isSent, warehouseId } = before;
  const shown = { status, sentAt: isSent ? at : null, receivedAt: warehouseId === undefined ? null : at };
  const isOffered = stepsOf(shown, new Set(['decide', 'settle'])).includes(step);
  return [{ status, step, isOffered, isAccepted: decision.ok }];
});

it('offers on the pages the steps that a request accepts, and no others', () => {
  expect(new Set(answers.filter(({ isAccepted }) => isAccepted).map(({ step }) => step)).size).toBe(9);
  expect(answers.filter(({ isOffered, isAccepted }) => isOffered !== isAccepted)).toEqual([]);
});

it('offers to sellers no step that settles', () => {
  const settled = { sentAt: null, receivedAt: null };
  expect(stepsOf({ status: 'ESCALATED', ...settled }, new Set(['decide']))).toEqual([]);
  expect(stepsOf({ status: 'REFUND_FAILED', ...settled }, new Set(['decide']))).toEqual([]);
});

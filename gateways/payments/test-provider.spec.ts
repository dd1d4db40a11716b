import { epochMsOf, type Instant, type Millis, type OrderId } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { memoryReadModels } from '../../platform/read-models';
import {
  paymentProviderContract,
  type ProviderUnderTest,
} from '../../tests/contract/payment-provider.contract';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { memoryLedger, sharedLedger, type TestLedger } from './test-ledger';
import { EXPIRES_AFTER_MS } from './test-authorisations';
import {
  DECIDES_AFTER_MS,
  endingName,
  paymentName,
  testPaymentProvider,
  type BegunPayment,
  type Ending,
  type TestMovement,
  type TestNotice,
} from './test-provider';

const underTest = (ledger: TestLedger): ProviderUnderTest => {
  const clock = createVirtualClock();
  const entered = new Map<string, TestMovement>();
  const enter = async (movement: TestMovement): Promise<void> => void entered.set(movement.id, movement);
  return {
    open: () => testPaymentProvider({ clock, ledger, enter }),
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms as Millis),
    payer: async (key, by) => {
      const { payBy } = (await ledger.find<BegunPayment>(paymentName(key)))!;
      // As the page does, which the payer cannot use any more then.
      if (epochMsOf(clock.now()) < epochMsOf(payBy)) await ledger.note<Ending>(endingName(key), { by });
    },
    held: {
      captureRefused: 'test-capture-refused',
      capturePending: 'test-capture-pending',
      partRefused: 'test-capture-in-part-refused',
      voidRefused: 'test-void-refused',
      ...{ expires: 'test-authorisation-expires', expiresWithinMs: EXPIRES_AFTER_MS },
    },
    decidesWithinMs: DECIDES_AFTER_MS,
    moved: () => [...entered.values()].map(({ kind, key = '' }) => ({ kind: kind as 'CAPTURE', key })),
    methods: {
      taken: 'test',
      declined: ['test-declined', 'test-insufficient-funds'],
      answerLost: 'test-lost-answer',
      payerActs: ['test-redirect', 'test-redirect-notice-twice', 'test-redirect-no-notice', 'test-app'],
      pendingTaken: 'test-pending',
      pendingDeclined: 'test-pending-declined',
      refundPending: 'test-refund-pending',
      refundRefused: 'test-refund-refused',
    },
  };
};

describe('the test payment provider', () => paymentProviderContract(() => underTest(memoryLedger())));

describe('a provider without authorisations', () =>
  paymentProviderContract(() => {
    const under = underTest(memoryLedger());
    return { ...under, held: undefined, open: () => ({ ...under.open(), authorisations: undefined }) };
  }));

describe('the test payment provider with the ledger of all processes', () =>
  paymentProviderContract(() => underTest(sharedLedger(memoryReadModels()))));

it('sends a notice before its answer, where that is what the method is for', async () => {
  const notices: TestNotice[] = [];
  const clock = createVirtualClock();
  const notify = async (notice: TestNotice): Promise<void> => void notices.push(notice);
  const provider = testPaymentProvider({ clock, ledger: memoryLedger(), notify });
  const request = {
    ...{ key: 'k', method: 'test-early-notice', orderId: 'o' as OrderId },
    ...{
      amount: { amountMinor: 1, currency: 'GBP' as CurrencyCode },
      payBy: '2030-01-01T00:00:00.000Z' as Instant,
    },
  };
  expect(await provider.capture(request)).toMatchObject({ kind: 'captured' });
  expect(notices).toEqual([{ paymentKey: 'k' }]);
});

import type {
  CaptureResult,
  PartCaptureRequest,
  PartCaptureResult,
  PaymentProvider,
  RefundResult,
} from '../../../commands/payment';
import type { Instant } from '../../../domain/kernel';

/** A provider whose next answers a test can choose; otherwise it does what is asked. */
export const createScriptedProvider = (): PaymentProvider & {
  readonly captures: CaptureResult[];
  readonly found: CaptureResult[];
  readonly cancelled: CaptureResult[];
  readonly refunds: RefundResult[];
  readonly refundsFound: RefundResult[];
  readonly partCaptures: PartCaptureResult[];
  readonly asked: string[];
} => {
  const captures: CaptureResult[] = [];
  const found: CaptureResult[] = [];
  const cancelled: CaptureResult[] = [];
  const refunds: RefundResult[] = [];
  const refundsFound: RefundResult[] = [];
  const partCaptures: PartCaptureResult[] = [];
  const asked: string[] = [];
  const longAfter = '2099-01-01T00:00:00.000Z' as Instant;
  const capture = async ({ key }: PartCaptureRequest): Promise<PartCaptureResult> => {
    asked.push(`capture ${key}`);
    return partCaptures.shift() ?? { kind: 'captured', reference: `taken-${key}` };
  };
  return {
    captures,
    found,
    cancelled,
    refunds,
    refundsFound,
    partCaptures,
    asked,
    methods: ['test', 'test-declined'],
    capture: async ({ key, method }) => {
      asked.push(`capture ${key}`);
      if (method === 'test-declined') return { kind: 'declined', reason: 'no' };
      return captures.shift() ?? { kind: 'captured', reference: `paid-${key}` };
    },
    refund: async ({ key }) => {
      asked.push(`refund ${key}`);
      return refunds.shift() ?? { kind: 'refunded', reference: `back-${key}` };
    },
    find: async ({ key }) => {
      asked.push(`find ${key}`);
      return found.shift() ?? { kind: 'captured', reference: `paid-${key}` };
    },
    cancel: async ({ key }) => {
      asked.push(`cancel ${key}`);
      return cancelled.shift() ?? { kind: 'declined', reason: 'cancelled' };
    },
    findRefund: async ({ key }) => {
      asked.push(`find refund ${key}`);
      return refundsFound.shift() ?? { kind: 'refunded', reference: `back-${key}` };
    },
    authorisations: {
      authorise: async ({ key, method }) => {
        asked.push(`authorise ${key}`);
        if (method === 'test-declined') return { kind: 'declined', reason: 'no' };
        return (
          captures.shift() ?? { kind: 'authorised', reference: `held-${key}`, authorisedUntil: longAfter }
        );
      },
      capture,
      findCapture: capture,
      void: async ({ reference }) => {
        asked.push(`void ${reference}`);
        return { kind: 'voided' };
      },
    },
  };
};

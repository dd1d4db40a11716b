import type { Instant } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { Clock } from '../../platform/clock';
import type { StatementEntry } from './statement';
import type { TestLedger } from './test-ledger';

/** The method that always succeeds. */
export const TEST_METHOD = 'test';
/** The method that is always declined, to test a declined order. */
export const DECLINED_METHOD = 'test-declined';

/** The methods of the test provider: each behaves in one way that real ones show, well or badly. */
export const testMethods = [
  TEST_METHOD,
  DECLINED_METHOD,
  'test-insufficient-funds',
  'test-lost-answer',
  'test-early-notice',
  'test-redirect',
  'test-redirect-notice-twice',
  'test-redirect-no-notice',
  'test-app',
  'test-pending',
  'test-pending-declined',
  'test-refund-pending',
  'test-refund-refused',
  'test-capture-refused',
  'test-capture-refused-once',
  'test-capture-in-part-refused',
  'test-capture-pending',
  'test-authorisation-expires',
  'test-void-refused',
] as const;
export type TestMethod = (typeof testMethods)[number];

/** The time after which the provider decides on what it has accepted. */
export const DECIDES_AFTER_MS = 8_000;

/** A movement that the statement will have. The provider adds the time. */
export type TestMovement = Omit<StatementEntry, 'at'>;

/** A notice to the shop: something has happened to this payment, or to this refund of it. */
export type TestNotice = { readonly paymentKey: string };

export type TestProviderDeps = {
  readonly clock: Pick<Clock, 'now'>;
  readonly ledger: TestLedger;
  /** Enters a movement into the provider's own statement. It is called again where a request is repeated. */
  readonly enter?: ((movement: TestMovement) => Promise<void>) | undefined;
  /** Sends a notice to the shop; one that is lost is lost. */
  readonly notify?: ((notice: TestNotice) => Promise<void>) | undefined;
};

/** A payment that the provider has begun. */
export type BegunPayment = {
  readonly method: TestMethod;
  readonly amount: Money;
  readonly orderId: string;
  readonly payBy: Instant;
  readonly begunAt: Instant;
  /** It is held, and captured later. */
  readonly isHeld?: boolean | undefined;
};

/** The name of a payment that was begun. */
export const paymentName = (key: string): string => `payment ${key}`;

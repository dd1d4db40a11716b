import type { PaymentProvider } from '../../commands/payment';
import type { Instant } from '../../domain/kernel';

/** A provider under test, and what a test can make happen at its side. */
export type ProviderUnderTest = {
  /** Opens the provider again, as a restarted process does. */
  readonly open: () => PaymentProvider;
  readonly now: () => Instant;
  readonly advance: (ms: number) => Promise<void>;
  /** The payer decides. */
  readonly payer: (key: string, decision: 'approved' | 'declined') => Promise<void>;
  /** The methods that behave in such a way. */
  readonly methods: {
    readonly taken: string;
    readonly declined: readonly string[];
    readonly answerLost: string;
    readonly payerActs: readonly string[];
    readonly pendingTaken: string;
    readonly pendingDeclined: string;
    readonly refundPending: string;
    readonly refundRefused: string;
  };
  /** Absent where the provider declares no authorisations. */
  readonly held?:
    | {
        readonly captureRefused: string;
        readonly capturePending: string;
        readonly partRefused: string;
        readonly voidRefused: string;
        /** Its authorisation ends by itself within `expiresWithinMs`. */
        readonly expires: string;
        readonly expiresWithinMs: number;
      }
    | undefined;
  /** A time within which the provider decides on what it has accepted. */
  readonly decidesWithinMs: number;
  /** Returns the movements of money that the provider has made, each by its own name. */
  readonly moved: () => readonly { readonly kind: 'CAPTURE' | 'REFUND'; readonly key: string }[];
};

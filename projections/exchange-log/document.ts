import type { Instant } from '../../domain/kernel';

/** One message that crossed a border of ours, in either direction. `id` is the message's own. */
export type ExchangeLogEntry = {
  readonly id: string;
  /** `world:<link>` or `carrier:<name>`. */
  readonly link: string;
  readonly direction: 'sent' | 'received';
  /** e.g. `pack`, `created`, `truck-arrived`. */
  readonly kind: string;
  /** e.g. `queued`, `acked`, `answered`, `refused`, `alarmed`, `received`, `applied`, `parked`. */
  readonly status: string;
  /** It waits for people: parked, or not acknowledged for so long that they were called. */
  readonly parked: boolean;
  /** Ours where we sent it, absent where the sender gave none. */
  readonly seqnum: number | null;
  readonly shipmentNumber: number | null;
  /** What it said: JSON text. */
  readonly content: string;
  /** What was answered, or why it failed. */
  readonly note: string | null;
  readonly at: Instant;
  readonly settledAt: Instant | null;
  readonly correlationId: string;
};

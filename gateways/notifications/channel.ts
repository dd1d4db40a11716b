import type { Instant } from '../../domain/kernel';

/** A notification that is ready to be sent, by any channel. */
export type Message = {
  /** `address`: an e-mail address, or a telephone number where the channel is SMS. A group's channel ignores it. */
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The whole in one or two lines, for a telephone. */
  readonly brief: string;
  /** The same for each attempt, so that a receiver recognises a repeat. */
  readonly id: string;
  readonly queuedAt: Instant;
};

/**
 * The outcome of one attempt. `isPermanent`: a further attempt by this channel cannot help. `retryAfterMs`: the receiver wants no
 * other attempt before. `reason` may name the recipient, and never a secret.
 */
export type Delivery =
  | { readonly kind: 'sent'; readonly messageId: string }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly isPermanent: boolean;
      readonly retryAfterMs?: number | undefined;
    };

/** A way by which notifications are sent. What every one must do is in `tests/contract/notification-channel.contract.ts`. */
export type Channel = {
  /** Stored with each attempt, so it must not change. */
  readonly name: string;
  /** Never throws. The outcome is known in bounded time. */
  readonly send: (message: Message) => Promise<Delivery>;
  /** Removes the copies of messages by their ids. Absent where the channel keeps none. @throws the errors of its storage. */
  readonly forget?: ((ids: ReadonlySet<string>) => Promise<void>) | undefined;
  readonly close: () => Promise<void>;
};

/** The sender's address, as `Name <address>`. */
export type Sender = { readonly from: string };

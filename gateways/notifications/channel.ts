import type { Instant } from '../../domain/kernel';

/** An e-mail that is ready to be sent. */
export type Mail = {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for each attempt, so that a receiver recognises a repeat: `<id>`, without the part behind the `@`. */
  readonly id: string;
  readonly queuedAt: Instant;
};

/** The outcome of one attempt. `isPermanent`: a further attempt cannot help. `reason` may name the recipient. */
export type Delivery =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly isPermanent: boolean };

/** A way by which notifications are sent. */
export type Channel = {
  /** Stored with each attempt. */
  readonly name: string;
  /** Never throws. The outcome is known in bounded time. */
  readonly send: (mail: Mail) => Promise<Delivery>;
  readonly close: () => Promise<void>;
};

/** The sender's address, as `Name <address>`. */
export type Sender = { readonly from: string };

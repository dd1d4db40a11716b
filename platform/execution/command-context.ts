import type { Role } from '../../domain/kernel';

/** Who asks. `id`: an account's for people; a link's for gateways; a component's for the system. */
export type Principal = {
  readonly kind: 'customer' | 'staff' | 'gateway' | 'system';
  readonly id: string;
  readonly roles: readonly Role[];
};

/** What travels with each command, whatever the transport. */
export type CommandContext = {
  /** UUID. The idempotency key: a command id has at most one effect. */
  readonly commandId: string;
  /** Whether the caller chose the id as an idempotency key: it then stands for this sender, use case and input alone. */
  readonly keyed?: boolean;
  readonly correlationId: string;
  readonly principal: Principal;
  /** W3C trace context of the caller's span. */
  readonly traceparent?: string;
  /** How long the caller waits, in milliseconds. Default 10 000. */
  readonly timeoutMs?: number;
};

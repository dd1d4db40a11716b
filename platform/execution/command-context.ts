import type { Realm, Role } from '../../domain/kernel';
import { currentTraceparent } from '../telemetry';

/** The sender of a command. `id`: of an account for people, of a link for gateways, of a component for the system. */
export type Principal = {
  readonly kind: 'customer' | 'staff' | 'gateway' | 'system';
  readonly id: string;
  readonly roles: readonly Role[];
  /** The patterns of permissions that other roles than those give it. */
  readonly permissions?: readonly string[] | undefined;
  /** The realm of its access token, whose permissions alone count; those of all realms where there is none. */
  readonly realm?: Realm | undefined;
};

/** The part of a command that every transport carries beside the input. */
export type CommandContext = {
  /** UUID. The idempotency key: a command id has at most one effect. */
  readonly commandId: string;
  /**
   * True if the caller chose the id as an idempotency key: it then belongs to this sender, use case and input alone.
   */
  readonly keyed?: boolean | undefined;
  readonly correlationId: string;
  readonly principal: Principal;
  /** W3C trace context of the caller's span. */
  readonly traceparent?: string | undefined;
  /** The caller's time limit, in milliseconds. Default 10 000. */
  readonly timeoutMs?: number | undefined;
};

/** Returns the context of a command that no other message caused: its own id is the correlation id of all that follows. */
export const rootContext = (commandId: string, principal: Principal): CommandContext => ({
  commandId,
  correlationId: commandId,
  principal,
});

/** Returns the parent of a command's span: the active span, or else the span of its sender. */
export const traceparentOf = ({ traceparent }: Pick<CommandContext, 'traceparent'>): string | undefined =>
  currentTraceparent() ?? traceparent;

import { commandId } from '../../platform/ids';
import type { CommandContext, Principal } from '../../platform/execution';

/** The sender of what a payment provider has answered. */
export const paymentGateway: Principal = { kind: 'gateway', id: 'payment', roles: [] };

/** Returns the context in which an answer of the provider is recorded. `of`: what the id of its command follows from. */
export const ofGateway = (context: CommandContext, of: string, purpose: string): CommandContext => ({
  ...context,
  commandId: commandId(of, purpose),
  principal: paymentGateway,
});

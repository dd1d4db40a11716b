import { currentTraceparent } from '../telemetry';
import type { CommandContext } from './command-context';

/** What a command goes on from: the span that is open here, which is the nearer one, or else that of whoever sent it. */
export const traceparentOf = ({ traceparent }: Pick<CommandContext, 'traceparent'>): string | undefined =>
  currentTraceparent() ?? traceparent;

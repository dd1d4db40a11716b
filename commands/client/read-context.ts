import { z } from 'zod';
import { realms, roles } from '../../domain/kernel';
import { parse, permissionSchema, roleSchema } from '../use-case/input';
import type { CommandContext } from '../../platform/execution';

const TIMEOUT_MS_MAX = 120_000;
const PATTERNS_MAX = 1_000;

const contextSchema: z.ZodType<CommandContext> = z.object({
  commandId: z.guid(),
  // A chain that began in another system keeps its id.
  correlationId: z.string().min(1).max(200),
  principal: z.object({
    kind: z.enum(['customer', 'staff', 'gateway', 'system']),
    id: z.string().min(1).max(200),
    roles: z.array(roleSchema).max(roles.length),
    permissions: z.array(permissionSchema).max(PATTERNS_MAX).optional(),
    realm: z.enum(realms).optional(),
  }),
  keyed: z.boolean().optional(),
  traceparent: z.string().optional(),
  timeoutMs: z
    .number()
    .nonnegative()
    .transform((ms) => Math.min(ms, TIMEOUT_MS_MAX))
    .optional(),
});

/**
 * Parses the context of a command from any transport; the time-out is at most two minutes.
 *
 * @throws Fault `INPUT_INVALID`.
 */
export const readContext = (given: unknown): CommandContext => parse(contextSchema, given);

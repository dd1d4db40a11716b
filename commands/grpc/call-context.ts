import type { Metadata } from '@grpc/grpc-js';
import { z } from 'zod';
import type { Clock, Random } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import { uuidV7 } from '../../platform/identity';
import type { CommandContext, Principal } from '../port';

const principalSchema = z.object({
  kind: z.enum(['customer', 'staff', 'gateway', 'system']),
  id: z.string().min(1).max(200),
  roles: z.array(z.enum(['customer', 'seller', 'staff', 'administrator', 'carrier', 'analyst'])).max(6),
});

const idSchema = z.uuid();

const invalid = (what: string): Fault => new Fault('INPUT_INVALID', `${what} is not what it should be.`);

/** @throws Fault `INPUT_INVALID`. */
export const readPrincipal = (text: string): Principal => {
  try {
    return principalSchema.parse(JSON.parse(text));
  } catch {
    throw invalid('waybill-principal (JSON {kind, id, roles})');
  }
};

/** @throws Fault `INPUT_INVALID`. */
export const readId = (text: string, name: string): string => {
  const read = idSchema.safeParse(text);
  if (!read.success) throw invalid(`${name} (a UUID)`);
  return read.data;
};

const system: Principal = { kind: 'system', id: 'grpc', roles: [] };

/** The context of a unary call, from its metadata and deadline. */
export const contextOfCall = (
  metadata: Metadata,
  deadlineMs: number,
  { clock, random }: { clock: Clock; random: Random },
): CommandContext => {
  const header = (name: string): string | undefined => metadata.get(name)[0]?.toString();
  const commandId = header('waybill-command-id');
  const correlationId = header('waybill-correlation-id');
  const principal = header('waybill-principal');
  const traceparent = header('traceparent');
  const id = commandId === undefined ? uuidV7(clock, random) : readId(commandId, 'waybill-command-id');
  return {
    commandId: id,
    correlationId: correlationId === undefined ? id : readId(correlationId, 'waybill-correlation-id'),
    principal: principal === undefined ? system : readPrincipal(principal),
    timeoutMs: deadlineMs,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
};

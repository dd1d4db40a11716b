import type { Metadata } from '@grpc/grpc-js';
import type { Clock, Random } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import type { CommandContext } from '../../platform/execution';
import { readContext } from '../../commands/client/read-context';

/** @throws Fault `NOT_AUTHENTICATED` if there is no principal, `INPUT_INVALID` for invalid JSON. */
export const readPrincipal = (text: string | undefined): unknown => {
  if (text === undefined || text === '')
    throw new Fault('NOT_AUTHENTICATED', 'Say who asks: waybill-principal, JSON {kind, id, roles}.');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault('INPUT_INVALID', 'principal: it is no JSON {kind, id, roles}', { cause });
  }
};

/**
 * Reads the context of a unary call from its metadata.
 *
 * @param remainingMs - the caller's remaining time.
 * @throws Fault `NOT_AUTHENTICATED`, `INPUT_INVALID`.
 */
export const contextOfCall = (
  metadata: Metadata,
  remainingMs: number,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): CommandContext => {
  const header = (name: string): string | undefined => metadata.get(name)[0]?.toString();
  const traceparent = header('traceparent');
  const chosen = header('waybill-command-id');
  const commandId = chosen ?? uuidV7(clock, random);
  return readContext({
    commandId,
    keyed: chosen === undefined ? undefined : true,
    correlationId: header('waybill-correlation-id') ?? commandId,
    principal: readPrincipal(header('waybill-principal')),
    timeoutMs: remainingMs,
    traceparent,
  });
};

import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../../platform/clock';
import { Fault, faultCodes, type FaultCode } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';
import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '../../commands';
import type { CommandContext } from '../../platform/execution';
import type { Rejection } from '../../commands/rejections';
import { traceparentOf } from '../../platform/execution';
import { affinityKey, preferred } from './affinity';
import { openLink, type ClientTls, type Link } from './link';
import { decodeSuccess, encodeInput, type CommandFrame, type OutcomeFrame, type Refusal } from './messages';
import { createUnanswered } from './unanswered';

const TIMEOUT_MS_DEFAULT = 10_000;
/** The limit of unanswered commands over all servers. */
const UNANSWERED_MAX = 20_000;
/** The limit of one command's input; the platform's own processes send far less. */
const INPUT_BYTES_MAX = 1024 * 1024;
const KEEPALIVE_MS_DEFAULT = 10_000 as Millis;

export type CommandConnection = {
  /** host:port, one or several; the commands of one stream prefer one of them. */
  readonly addresses: readonly string[];
  readonly token: string;
  /** Plain text if absent. */
  readonly tls?: ClientTls | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The interval of keep-alive pings. Default 10 000. */
  readonly keepaliveMs?: Millis;
};

const faultOf = ({ code, message }: Refusal): Error =>
  code in faultCodes ? new Fault(code as FaultCode, message) : new Error(message);

const outcomeOf = <Name extends UseCaseName>(
  name: Name,
  commandId: string,
  frame: OutcomeFrame,
): Outcome<SuccessOf<Name>> => {
  if (frame.accepted !== undefined) return { kind: 'accepted', ...decodeSuccess(name, frame.accepted) };
  if (frame.rejected !== undefined) {
    const { code, figures } = frame.rejected;
    return { kind: 'rejected', rejection: { code, ...(JSON.parse(figures) as object) } as Rejection };
  }
  if (frame.failed !== undefined) throw faultOf(frame.failed);
  return { kind: 'unknown', commandId };
};

const frameOf = (
  number: number,
  [name, input]: readonly [UseCaseName, InputOf<UseCaseName>],
  context: CommandContext,
): CommandFrame => ({
  number,
  name,
  input: encodeInput(name, input),
  commandId: context.commandId,
  keyed: context.keyed ?? false,
  correlationId: context.correlationId,
  principal: JSON.stringify(context.principal),
  traceparent: traceparentOf(context) ?? '',
  timeoutMs: context.timeoutMs ?? TIMEOUT_MS_DEFAULT,
});

/**
 * Sends commands over one long-lived stream a server. After a stream fails, its unanswered commands are sent to another
 * server, or to the same one when it is back: each command has an id and at most one effect, so a repeat is safe.
 */
export const connectCommands = (connection: CommandConnection): CommandClient => {
  const { addresses, keepaliveMs = KEEPALIVE_MS_DEFAULT, ...surroundings } = connection;
  let lastNumber = 0;
  let closed = false;

  const unanswered = createUnanswered({
    clock: connection.clock,
    linkFor: (key) =>
      preferred(
        links.filter((link) => link.up()),
        key,
      ),
    nobodyAnswers: () =>
      new Fault('COMMANDS_UNAVAILABLE', `No command server answers at ${addresses.join(', ')}.`),
  });
  const links: readonly Link[] = addresses.map((address) =>
    openLink({
      ...surroundings,
      address,
      keepaliveMs,
      onOutcome: unanswered.settle,
      onUp: () => unanswered.askAnew(undefined),
      onDown: unanswered.askAnew,
    }),
  );

  return {
    send: async (name, input, context) => {
      if (closed) throw new Fault('COMMANDS_UNAVAILABLE', 'The connection to the command servers is closed.');
      if (unanswered.count() >= UNANSWERED_MAX)
        throw new Fault('OVERLOADED', 'Too many commands wait for an answer.');
      lastNumber = (lastNumber + 1) % 2 ** 32;
      const frame = frameOf(lastNumber, [name, input], context);
      if (frame.input.length > INPUT_BYTES_MAX)
        throw new Fault('INPUT_INVALID', `The input of "${name}" is larger than ${INPUT_BYTES_MAX} bytes.`);
      const outcome = await unanswered.ask(frame, affinityKey(input, context.commandId));
      return outcomeOf(name, context.commandId, outcome);
    },
    healthy: () => links.some((link) => link.up()),
    close: async () => {
      closed = true;
      unanswered.giveUp();
      await Promise.all(links.map((link) => link.close()));
    },
  };
};

import type { Millis } from '../../domain/kernel';
import type { Clock, Random, Timer } from '../../platform/clock';
import { Fault, faultCodes, type FaultCode } from '../../platform/faults';
import { currentTraceparent, type Logger } from '../../platform/telemetry';
import type { CommandClient, CommandContext, InputOf, Outcome, SuccessOf, UseCaseName } from '../port';
import type { Rejection } from '../rejections';
import { affinityKey, preferred } from './affinity';
import { openLink, type Link } from './link';
import { decodeSuccess, encodeInput, type CommandFrame, type OutcomeFrame, type Refusal } from './messages';

const TIMEOUT_MS_DEFAULT = 10_000;
/** Commands that wait for an answer, over all servers. */
const PENDING_MAX = 20_000;

export type CommandConnection = {
  /** host:port, one or several; commands about one thing prefer one of them. */
  readonly addresses: readonly string[];
  readonly token: string;
  readonly secure: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

type Pending = {
  readonly frame: CommandFrame;
  readonly key: string;
  readonly timer: Timer;
  readonly settle: (outcome: OutcomeFrame) => void;
  /** The server that was asked last; undefined while none is up. */
  link: Link | undefined;
  asked: boolean;
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
  correlationId: context.correlationId,
  principal: JSON.stringify(context.principal),
  traceparent: context.traceparent ?? currentTraceparent() ?? '',
  timeoutMs: context.timeoutMs ?? TIMEOUT_MS_DEFAULT,
});

const nobodyAnswers = (addresses: readonly string[]): Fault =>
  new Fault('COMMANDS_UNAVAILABLE', `No command server answers at ${addresses.join(', ')}.`);

/**
 * Many commands over one long-lived stream a server. When a stream falls, what it left unanswered is asked of another
 * server, or of the same one once it is back: each command has an id and at most one effect, so asking twice is safe.
 */
export const connectCommands = (connection: CommandConnection): CommandClient => {
  const { clock, random, logger, token, secure } = connection;
  const pending = new Map<number, Pending>();
  let lastNumber = 0;
  let closed = false;

  const ask = (command: Pending): void => {
    command.link = preferred(
      links.filter((link) => link.up()),
      command.key,
    );
    if (command.link === undefined) return;
    command.asked = true;
    command.link.send(command.frame);
  };
  const askWhere = (wanted: (command: Pending) => boolean): void => {
    for (const command of pending.values()) if (wanted(command)) ask(command);
  };

  const links: readonly Link[] = connection.addresses.map((address) =>
    openLink({
      address,
      token,
      secure,
      clock,
      random,
      logger,
      onOutcome: (outcome) => pending.get(outcome.number)?.settle(outcome),
      onUp: () => askWhere(({ link }) => link === undefined),
      onDown: (down) => askWhere(({ link }) => link === down),
    }),
  );

  const exchange = (frame: CommandFrame, key: string): Promise<OutcomeFrame> =>
    new Promise((resolve, reject) => {
      const finish = (): void => {
        pending.delete(frame.number);
        command.timer.cancel();
      };
      const giveUp = (): void => {
        finish();
        if (command.asked) resolve({ number: frame.number, unknown: true });
        else reject(nobodyAnswers(connection.addresses));
      };
      const settle = (outcome: OutcomeFrame): void => {
        finish();
        resolve(outcome);
      };
      const timer = clock.after(frame.timeoutMs as Millis, giveUp);
      const command: Pending = { frame, key, timer, settle, link: undefined, asked: false };
      pending.set(frame.number, command);
      ask(command);
    });

  return {
    send: async (name, input, context) => {
      if (closed) throw new Fault('COMMANDS_UNAVAILABLE', 'The connection to the command servers is closed.');
      if (pending.size >= PENDING_MAX) throw new Fault('OVERLOADED', 'Too many commands wait for an answer.');
      lastNumber = (lastNumber + 1) % 2 ** 32;
      const frame = frameOf(lastNumber, [name, input], context);
      return outcomeOf(name, context.commandId, await exchange(frame, affinityKey(input, context.commandId)));
    },
    healthy: () => links.some((link) => link.up()),
    close: async () => {
      closed = true;
      await Promise.all(links.map((link) => link.close()));
    },
  };
};

import type { Millis } from '../../domain/kernel';
import type { Clock, Timer } from '../../platform/clock';
import type { FaultCode } from '../../platform/faults';
import type { Link } from './link';
import type { CommandFrame, OutcomeFrame } from './messages';

type Command = {
  readonly frame: CommandFrame;
  /** What it is about: commands about one thing go to one server. */
  readonly key: string;
  readonly timer: Timer;
  /** On the monotonic clock. */
  readonly deadlineMs: number;
  readonly settle: (outcome: OutcomeFrame) => void;
  readonly giveUp: () => void;
  /** The server that was asked last; undefined while none is up. */
  link: Link | undefined;
  /** How many times a server was asked. */
  askings: number;
};

export type UnansweredOptions = {
  readonly clock: Clock;
  /** The server to ask about something, among those that are up. */
  readonly linkFor: (key: string) => Link | undefined;
  /** Why a command that no server was asked comes to nothing. */
  readonly nobodyAnswers: () => Error;
};

/** What each server would have said, whatever another one did. */
const saidByAll: ReadonlySet<string> = new Set<FaultCode>([
  'INPUT_INVALID',
  'NOT_AUTHENTICATED',
  'NOT_PERMITTED',
  'EVENT_TOO_LARGE',
]);

/** A server that failed answers for itself alone: one that was asked before it may have done what was asked. */
const settles = ({ failed }: OutcomeFrame, askings: number): boolean =>
  failed === undefined || askings === 1 || saidByAll.has(failed.code);

/** The commands that wait for an answer, over all servers. */
export type Unanswered = {
  readonly count: () => number;
  /** @returns what came of it; `unknown` where a server was asked that may have done it and has not said so in time. */
  readonly ask: (frame: CommandFrame, key: string) => Promise<OutcomeFrame>;
  readonly settle: (outcome: OutcomeFrame) => void;
  /** Asks another server what this one was asked last; undefined: what no server was asked yet. */
  readonly askAnew: (last: Link | undefined) => void;
  /** Waits no longer for any of them. */
  readonly giveUp: () => void;
};

export const createUnanswered = ({ clock, linkFor, nobodyAnswers }: UnansweredOptions): Unanswered => {
  const commands = new Map<number, Command>();

  const send = (command: Command): void => {
    command.link = linkFor(command.key);
    if (command.link === undefined) return;
    command.askings += 1;
    // The server is to know how long the caller still waits, also when it is the second one that is asked.
    const timeoutMs = Math.max(1, Math.ceil(command.deadlineMs - clock.monotonicMs()));
    command.link.send({ ...command.frame, timeoutMs });
  };

  return {
    count: () => commands.size,
    ask: (frame, key) =>
      new Promise((resolve, reject) => {
        const unknown = { number: frame.number, unknown: true };
        const finish = (): void => {
          commands.delete(frame.number);
          command.timer.cancel();
        };
        const settle = (outcome: OutcomeFrame): void => {
          finish();
          resolve(settles(outcome, command.askings) ? outcome : unknown);
        };
        const giveUp = (): void => {
          finish();
          if (command.askings > 0) resolve(unknown);
          else reject(nobodyAnswers());
        };
        const timer = clock.after(frame.timeoutMs as Millis, giveUp);
        const deadlineMs = clock.monotonicMs() + frame.timeoutMs;
        const given = { frame, key, timer, deadlineMs, settle, giveUp };
        const command: Command = { ...given, link: undefined, askings: 0 };
        commands.set(frame.number, command);
        send(command);
      }),
    settle: (outcome) => commands.get(outcome.number)?.settle(outcome),
    askAnew: (last) => {
      for (const command of commands.values()) if (command.link === last) send(command);
    },
    giveUp: () => {
      for (const { giveUp } of commands.values()) giveUp();
    },
  };
};

import type { Millis } from '../../domain/kernel';
import type { Clock, Timer } from '../../platform/clock';
import type { FaultCode } from '../../platform/faults';
import type { Link } from './link';
import type { CommandFrame, OutcomeFrame } from './messages';

type Command = {
  readonly frame: CommandFrame;
  /** The key of the command's subject: commands with one key go to one server. */
  readonly key: string;
  readonly timer: Timer;
  /** On the monotonic clock. */
  readonly deadlineMs: number;
  readonly settle: (outcome: OutcomeFrame) => void;
  readonly giveUp: () => void;
  /** The server that got it last; undefined while none is up. */
  link: Link | undefined;
  /** The number of servers that got it. */
  askings: number;
};

export type UnansweredOptions = {
  readonly clock: Clock;
  /** Chooses the server of a key, among those that are up. */
  readonly linkFor: (key: string) => Link | undefined;
  /** Returns the error of a command that no server got. */
  readonly nobodyAnswers: () => Error;
};

/** Faults that every server would return. */
const saidByAll: ReadonlySet<string> = new Set<FaultCode>([
  'INPUT_INVALID',
  'NOT_AUTHENTICATED',
  'NOT_PERMITTED',
  'WRONG_REALM',
  'EVENT_TOO_LARGE',
]);

/** Tests whether a failure is final: an earlier server may have executed the command. */
const settles = ({ failed }: OutcomeFrame, askings: number): boolean =>
  failed === undefined || askings === 1 || saidByAll.has(failed.code);

/** The commands without an answer, over all servers. */
export type Unanswered = {
  readonly count: () => number;
  /** @returns the outcome; `unknown` if a server got the command and did not answer in time. */
  readonly ask: (frame: CommandFrame, key: string) => Promise<OutcomeFrame>;
  readonly settle: (outcome: OutcomeFrame) => void;
  /** Sends the commands of a failed server to another one; undefined: those that no server got yet. */
  readonly askAnew: (last: Link | undefined) => void;
  /** Ends the wait for all of them. */
  readonly giveUp: () => void;
};

export const createUnanswered = ({ clock, linkFor, nobodyAnswers }: UnansweredOptions): Unanswered => {
  const commands = new Map<number, Command>();

  const send = (command: Command): void => {
    command.link = linkFor(command.key);
    if (command.link === undefined) return;
    command.askings += 1;
    // The server needs the caller's remaining time, also if it is the second one.
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

import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { CommandContext } from '../../../platform/execution';
import { positionOf } from '../../../platform/event-store';

export type SentCommand = {
  readonly name: UseCaseName;
  readonly input: object;
  readonly context: CommandContext;
};

type Answer = Outcome<object> | Error;

/** Returns the prepared answers to commands, and records the commands. */
export const fakeCommands = () => {
  const sent: SentCommand[] = [];
  const answers = new Map<UseCaseName, Answer>();
  const client: CommandClient = {
    send: async <Name extends UseCaseName>(name: Name, input: InputOf<Name>, context: CommandContext) => {
      sent.push({ name, input, context });
      const answer = answers.get(name) ?? { kind: 'accepted', value: {}, position: positionOf(20) };
      if (answer instanceof Error) throw answer;
      return answer as Outcome<SuccessOf<Name>>;
    },
    healthy: () => true,
    close: async () => undefined,
  };
  return {
    client,
    sent,
    accept: <Name extends UseCaseName>(name: Name, value: SuccessOf<Name>) =>
      answers.set(name, { kind: 'accepted', value, position: positionOf(20) }),
    reject: (name: UseCaseName, rejection: Rejection) => answers.set(name, { kind: 'rejected', rejection }),
    answer: (name: UseCaseName, answer: Answer) => answers.set(name, answer),
  };
};

import type { CommandClient } from '../../commands';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { administratorProvision } from './administrator';

type Answer = Awaited<ReturnType<CommandClient['send']>>;

/** Use cases that give these answers, one after the other. */
const answering = (...answers: readonly object[]): { commands: CommandClient; passwords: unknown[] } => {
  const left = [...answers];
  const passwords: unknown[] = [];
  const send = (_: string, input: object): Promise<Answer> => {
    passwords.push((input as { password: string }).password);
    return Promise.resolve(left.shift() as Answer);
  };
  return { commands: { send } as unknown as CommandClient, passwords };
};

const made = { kind: 'accepted', value: { accountId: 'a' }, position: '7' };
const there = { kind: 'accepted', value: { accountId: 'a' }, position: undefined };
const lost = { kind: 'unknown', commandId: 'c' };

const provision = (password?: string) =>
  administratorProvision({ email: 'admin@example.com', password }, seededRandom(1));

describe('the first administrator', () => {
  it('gets a generated password, which is shown once', async () => {
    const { commands, passwords } = answering(made);
    expect(await provision()(commands)).toEqual({ email: 'admin@example.com', password: passwords[0] });
  });

  it.each([
    ['was there', undefined, there],
    ['has a password from the settings', 'correct horse battery', made],
  ])('that %s has no password that is shown', async (_, password, answer) => {
    const { commands } = answering(answer);
    expect(await provision(password)(commands)).toEqual({ email: 'admin@example.com' });
  });

  it('is created again with the same password, which is shown, when an answer was lost', async () => {
    const { commands, passwords } = answering(lost, there);
    const again = provision();
    await expect(again(commands)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
    const { password } = await again(commands);
    expect(passwords).toEqual([password, password]);
  });

  it('is a fault of the settings when it is rejected', async () => {
    const { commands } = answering({ kind: 'rejected', rejection: { code: 'PASSWORD_TOO_SHORT', min: 12 } });
    await expect(provision('short')(commands)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, type Command } from '../../cli/program/command';
import { expectGenerated } from '../support/generated-file';

const cli = join(__dirname, '..', '..', 'cli');

const isCommand = (value: unknown): value is Command =>
  typeof value === 'object' && value !== null && 'usage' in value && 'summary' in value;

const commands = async (): Promise<readonly Command[]> => {
  const main = readFileSync(join(cli, 'main.ts'), 'utf8');
  const files = readdirSync(join(cli, 'commands')).filter((file) => /^[a-z-]+[.]ts$/.test(file));
  const found = new Map<string, Command>();
  for (const file of files) {
    const exported = (await import(join(cli, 'commands', file))) as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(exported)) if (isCommand(value)) found.set(name, value);
  }
  // In the order of the program's own list; what is not on it is no command.
  const listed = [...main.slice(main.indexOf('const commands')).matchAll(/(?<name>\w+Command)\b/g)];
  const names = [...new Set(listed.map(({ groups }) => groups!['name']!))];
  return names.map((name) => {
    const command = found.get(name);
    if (command === undefined) throw new Error(`cli/commands has no ${name}`);
    return command;
  });
};

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'success',
  failed: 'it failed, or a part of it did',
  usage: 'an argument of the command or a setting is not valid',
  notFound: 'not found',
  conflict:
    'the data directory or a port is in use by another process, or the present state does not permit it',
  unavailable: 'an engine or another system does not answer',
  differencesFound: 'the comparison found differences',
  interrupted: 'a signal stopped it before its end',
};

it('docs/reference/command-line.md shows how every command is used', async () => {
  const sections = (await commands()).flatMap(({ name, summary, usage }) => [
    `## ${name}`,
    '',
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.`,
    '',
    '```text',
    usage,
    '```',
    '',
  ]);
  expectGenerated(
    'docs/reference/command-line.md',
    [
      '# Command line',
      '',
      '`waybill COMMAND` where it is installed, `npm run -s waybill -- COMMAND` in a clone; `npm start` is `waybill start`. Settings come from the [environment](configuration.md). Data goes to standard output, talk to standard error.',
      '',
      ...sections,
      '## Exit codes',
      '',
      '| Code | Meaning |',
      '| --- | --- |',
      ...Object.entries(exitCodes).map(
        ([name, code]) => `| ${code} | ${meanings[name as keyof typeof exitCodes]} |`,
      ),
      '',
    ].join('\n'),
  );
});

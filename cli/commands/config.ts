import { parseArgs } from 'node:util';
import { readConfig, shownSettings } from '../../platform/config';
import { exitCodes, type Command } from '../program/command';

export const configCommand: Command = {
  name: 'config',
  summary: 'shows the settings in force, and what each is for',
  usage: `Usage: waybill config [--json]

Shows every setting as the environment and the defaults make it. Secrets are not shown.`,
  run: ({ args, environment, terminal }) => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
    const { config, warnings } = readConfig(environment);
    const shown = shownSettings(config);
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    if (values.json === true) {
      const entries = shown.map(({ name, value }) => [name, value]);
      terminal.out(JSON.stringify(Object.fromEntries(entries), null, 2));
    } else {
      shown.forEach(({ name, value, help }) => {
        terminal.out(`${name}=${value ?? ''}`);
        terminal.out(`    ${help}`);
      });
    }
    return Promise.resolve(exitCodes.ok);
  },
};

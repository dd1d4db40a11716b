import { parseArgs } from 'node:util';
import { readConfig, settings, type Config } from '../../platform/config';
import { exitCodes, type Command } from '../command';

const shown = (name: keyof Config, config: Config): string | number | boolean | undefined => {
  const value = config[name];
  const isSecret = 'secret' in settings[name] && value !== 'embedded' && value !== undefined;
  // Only secrets are lists.
  return isSecret || typeof value === 'object' ? '[secret]' : value;
};

export const configCommand: Command = {
  name: 'config',
  summary: 'shows the settings in force, and what each is for',
  usage: `Usage: waybill config [--json]

Shows every setting as the environment and the defaults make it. Secrets are not shown.`,
  run: ({ args, environment, terminal }) => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
    const { config, warnings } = readConfig(environment);
    const names = Object.keys(settings) as (keyof Config)[];
    warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
    if (values.json === true) {
      const entries = names.map((name) => [settings[name].variable, shown(name, config) ?? null]);
      terminal.out(JSON.stringify(Object.fromEntries(entries), null, 2));
    } else {
      names.forEach((name) => {
        terminal.out(`${settings[name].variable}=${shown(name, config) ?? ''}`);
        terminal.out(`    ${settings[name].help}`);
      });
    }
    return Promise.resolve(exitCodes.ok);
  },
};

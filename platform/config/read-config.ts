import { Fault } from '../faults';
import { plainWords } from '../validation';
import { readSecretFile } from './secret-file';
import { settings, type Config } from './settings';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, and warnings about their variables. */
export type ConfigRead = { readonly config: Config; readonly warnings: readonly string[] };

const variables = new Set(Object.values(settings).map(({ variable }) => variable as string));

/** Returns the text of a variable. A secret may be in a file instead (`WAYBILL_…_FILE`), as containers mount them. */
const textOf = (variable: string, secret: boolean, environment: Environment): string | undefined => {
  const direct = environment[variable];
  if (direct !== undefined && direct !== '') return direct;
  const file = secret ? environment[`${variable}_FILE`] : undefined;
  if (file === undefined || file === '') return undefined;
  try {
    return readSecretFile(file);
  } catch (cause) {
    throw new Fault('CONFIG_INVALID', `${variable}_FILE names ${file}, which cannot be read.`, { cause });
  }
};

const isFileTwin = (variable: string): boolean => {
  const base = variable.replace(/_FILE$/, '');
  return (
    base !== variable && Object.values(settings).some((entry) => entry.variable === base && 'secret' in entry)
  );
};

const unknownVariables = (environment: Environment): readonly string[] =>
  Object.keys(environment).filter(
    (name) => name.startsWith('WAYBILL_') && !variables.has(name) && !isFileTwin(name),
  );

/**
 * Reads and validates the whole environment.
 *
 * @throws Fault `CONFIG_INVALID` with one line for each wrong variable; values of secrets are never repeated.
 */
export const readConfig = (environment: Environment): ConfigRead => {
  const problems: string[] = [];
  const entries = Object.entries(settings).map(([name, { variable, schema, ...rest }]) => {
    const read = schema.safeParse(textOf(variable, 'secret' in rest, environment), { error: plainWords });
    if (!read.success) {
      const shown = 'secret' in rest ? '' : ` (it is ${JSON.stringify(environment[variable])})`;
      const messages = new Set(read.error.issues.map(({ message }) => message));
      problems.push(`${variable}${shown}: ${[...messages].join('; ')}`);
    }
    return [name, read.data] as const;
  });
  const config = Object.fromEntries(entries) as Config;
  if (config.smsUrl !== undefined && config.smsToken === undefined)
    problems.push(`${settings.smsUrl.variable} requires ${settings.smsToken.variable}`);
  if (problems.length > 0)
    throw new Fault('CONFIG_INVALID', `Set these right and start again:\n  ${problems.join('\n  ')}`);
  const warnings = unknownVariables(environment).map(
    (name) => `${name} is not a setting of Waybill and does nothing.`,
  );
  return { config, warnings };
};

import { settings, type Config } from './settings';

/** A setting as people may see it. */
export type ShownSetting = {
  /** The name of the environment variable. */
  readonly name: string;
  /** `[secret]` for a secret; null where it has no value. */
  readonly value: string | number | boolean | null;
  readonly help: string;
  readonly isSecret: boolean;
};

const shown = (name: keyof Config, config: Config): ShownSetting => {
  const { variable, help } = settings[name];
  const value = config[name];
  // Only secrets are lists.
  const isSecret =
    typeof value === 'object' || ('secret' in settings[name] && value !== 'embedded' && value !== undefined);
  return { name: variable, value: isSecret ? '[secret]' : (value ?? null), help, isSecret };
};

/** Returns every setting in the order of the table, without secrets. */
export const shownSettings = (config: Config): readonly ShownSetting[] =>
  (Object.keys(settings) as (keyof Config)[]).map((name) => shown(name, config));

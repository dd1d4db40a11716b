import { readConfig, type Config } from '../../platform/config';
import type { EventHistory } from '../../platform/event-store';
import type { Invocation } from '../program/command';
import { openStoredHistory } from '../composition/engines';
import { realRuntime, type Runtime } from '../program/runtime';

/** Reads the settings, and shows their warnings. */
export const configOf = ({ environment, terminal }: Invocation): { config: Config; runtime: Runtime } => {
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  return { config, runtime: realRuntime(config) };
};

/** Opens the events as they are stored, for reading alone: beside a running platform, or without one. */
export const withStoredHistory = async <Result>(
  settings: Pick<Config, 'eventStore' | 'dataDir'>,
  runtime: Runtime,
  use: (history: EventHistory) => Promise<Result>,
): Promise<Result> => {
  const history = await openStoredHistory(settings, runtime);
  try {
    return await use(history);
  } finally {
    await history.close();
  }
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';

/** The file in a data directory that says that it is a fork. */
export const FORK_MARK = 'fork.json';

const markSchema = z.object({ from: z.string(), at: z.string(), events: z.int() });
export type ForkMark = z.infer<typeof markSchema>;

/** Returns the origin of a data directory that is a fork; undefined for any other. */
export const forkMarkIn = (directory: string): ForkMark | undefined => {
  try {
    return markSchema.parse(JSON.parse(readFileSync(join(directory, FORK_MARK), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Fault('STORE_CORRUPT', `${join(directory, FORK_MARK)} cannot be read.`, { cause: error });
  }
};

type Settings = Pick<
  Config,
  | 'dataDir'
  | 'eventStore'
  | 'readModels'
  | 'personKeys'
  | 'bus'
  | 'commands'
  | 'world'
  | 'carrier'
  | 'carriers'
>;

/** Returns the variables that name a system outside of the process. */
const outsideOf = (config: Settings): readonly string[] => {
  const isSimulated = (value: string): boolean => value === 'simulated' || value === 'off';
  const inside = {
    WAYBILL_EVENT_STORE: config.eventStore === 'embedded',
    WAYBILL_READ_MODELS: config.readModels === 'embedded',
    WAYBILL_PERSON_KEYS: config.personKeys === undefined || config.personKeys === 'embedded',
    WAYBILL_BUS: config.bus === 'embedded',
    WAYBILL_COMMANDS: config.commands === 'in-process',
    WAYBILL_WORLD: isSimulated(config.world),
    WAYBILL_CARRIER: isSimulated(config.carrier),
    WAYBILL_CARRIERS: config.carriers === undefined,
  };
  return Object.entries(inside).flatMap(([variable, isInside]) => (isInside ? [] : [variable]));
};

/**
 * Keeps a fork apart from the platform that it comes from, and from everything outside: it has the same orders, so it would send
 * their messages a second time.
 *
 * @throws Fault `CONFIG_INVALID` for a fork whose settings name a system outside.
 */
export const keepForkApart = (config: Settings): void => {
  const mark = forkMarkIn(config.dataDir);
  if (mark === undefined) return;
  const outside = outsideOf(config);
  if (outside.length > 0)
    throw new Fault(
      'CONFIG_INVALID',
      `${config.dataDir} is a fork of ${mark.from} as of ${mark.at}, and may not reach other systems: unset ${outside.join(', ')}.`,
    );
};

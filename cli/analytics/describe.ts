import { eventLog, flatModels } from '../../projections/flat-models';
import type { Cell } from '../../platform/read-models/flat';
import { UsageError } from '../program/command';

type Described = {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
};

const ANY_EVENT = 'any';

/** Returns the models, or the columns of one. @throws UsageError for an unknown name. */
export const describe = (model: string | undefined): Described => {
  if (model === undefined)
    return {
      names: ['model', 'key', 'time', 'meaning'],
      rows: [...flatModels, eventLog].map(({ name, key, time, meaning }) => [
        name,
        key,
        time ?? null,
        meaning,
      ]),
    };
  const names = ['column', 'type', 'unit', 'meaning', 'events'];
  if (model === eventLog.name)
    return {
      names,
      rows: eventLog.columns.map(({ name, type, unit, meaning }) => [
        name,
        type,
        unit ?? null,
        meaning,
        ANY_EVENT,
      ]),
    };
  const found = flatModels.find(({ name }) => name === model);
  if (found === undefined) {
    const known = [...flatModels, eventLog].map(({ name }) => name).join(', ');
    throw new UsageError(`There is no model "${model}". Those that there are: ${known}.`);
  }
  return {
    names,
    rows: found.columns.map(({ name, type, unit, meaning, events }) => [
      ...([name, type, unit ?? null, meaning] as const),
      events.join(', '),
    ]),
  };
};

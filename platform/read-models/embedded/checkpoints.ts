import { join } from 'node:path';
import type { Position } from '../../event-store';
import { openForReading } from './database';

/** Returns the furthest position of the read models in a directory that no process has open; undefined where there is none. */
export const furthestCheckpoint = (directory: string): Position | undefined => {
  const database = openForReading(join(directory, 'read-models.db'));
  try {
    const [position] = database.prepare('SELECT max(position) FROM checkpoints').raw().get([]) as [
      Position | null,
    ];
    return position ?? undefined;
  } finally {
    database.close();
  }
};

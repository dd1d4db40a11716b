import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../platform/faults';

/** The file that is written last: a backup without it is not complete. */
export const MANIFEST = 'backup.json';

const manifestSchema = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  at: z.string(),
  /** The last event; null in an empty store. */
  position: z.string().nullable(),
  /** As far as the read models have come; null where there are none. */
  readModels: z.string().nullable(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const fileEntry = async (folder: string, name: string): Promise<Manifest['files'][number]> => {
  const file = join(folder, name);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return { name, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
};

const isInside = (name: string): boolean => !name.startsWith('/') && !name.split('/').includes('..');

/**
 * Reads the manifest of a backup and checks each of its files.
 *
 * @throws Fault `INPUT_INVALID` for a folder that is no backup, or one that is torn or damaged.
 */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Fault('INPUT_INVALID', `${folder} is no complete backup: it has no ${MANIFEST}.`);
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Fault('INPUT_INVALID', `${folder}/${MANIFEST} is not of this program.`);
  for (const entry of parsed.data.files) {
    if (!isInside(entry.name)) throw new Fault('INPUT_INVALID', `${entry.name} is outside of the backup.`);
    const found = await fileEntry(folder, entry.name).catch(() => undefined);
    if (found?.sha256 !== entry.sha256)
      throw new Fault('INPUT_INVALID', `${folder}/${entry.name} is missing or damaged.`);
  }
  return parsed.data;
};

import { open, rename } from 'node:fs/promises';

/** Writes a file that its owner alone may read, whole or not at all: a crash leaves the old one or the new one. */
export const writePrivately = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};

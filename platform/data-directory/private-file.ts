import { link, open, rename, rm } from 'node:fs/promises';

const writeDraft = async (draft: string, text: string): Promise<void> => {
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a file that its owner alone may read, whole or not at all: a crash leaves the old one or the new one. */
export const writePrivately = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.new`;
  await writeDraft(draft, text);
  await rename(draft, file);
};

/** Does the same where there is no such file yet; whichever process comes first has made it. */
export const makePrivately = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${process.pid}.new`;
  await writeDraft(draft, text);
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
};

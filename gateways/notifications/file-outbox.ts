import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { makeDirectory, writePrivately } from '../../platform/data-directory';
import type { Channel, Mail, Sender } from './channel';
import { messageOf } from './message';

export type FileOutboxSettings = Sender & {
  readonly directory: string;
  /** The number of mails that are kept; the oldest are removed. */
  readonly mailsMax?: number;
};

const MAILS_MAX = 1_000;
const ENDING = '.eml';

/** Sorts by time, and is the same for each attempt, so that a repeat replaces the file. */
const fileOf = ({ id, queuedAt }: Mail): string => `${queuedAt.replace(/[:.]/g, '-')}-${id}${ENDING}`;

/** Writes each e-mail into a file that only its owner may read, for an installation without a mail server. */
export const fileOutbox = ({ directory, from, mailsMax = MAILS_MAX }: FileOutboxSettings): Channel => {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  const removeOldest = async (): Promise<void> => {
    const files = (await readdir(directory)).filter((name) => name.endsWith(ENDING)).sort();
    await Promise.all(
      files
        .slice(0, Math.max(0, files.length - mailsMax))
        .map((name) => rm(join(directory, name), { force: true })),
    );
  };

  return {
    name: 'file',
    send: async (mail) => {
      try {
        const { message, messageId } = await composer.sendMail(messageOf(mail, from));
        await makeDirectory(directory);
        // What nodemailer composes has ASCII characters only.
        await writePrivately(join(directory, fileOf(mail)), (message as Buffer).toString('latin1'));
        await removeOldest();
        return { kind: 'sent', messageId };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'failed', reason, isPermanent: false };
      }
    },
    close: () => Promise.resolve(),
  };
};

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { makeDirectory, writePrivately } from '../../platform/data-directory';
import { inOneLine } from '../../platform/visible-text';
import type { Channel, Message, Sender } from './channel';
import { messageOf } from './message';

type OutboxSettings = {
  readonly directory: string;
  /** The number of files of one kind that are kept; the oldest are removed. */
  readonly filesMax?: number;
};

const FILES_MAX = 1_000;

const timeOf = (instant: string): string => instant.replace(/[:.]/g, '-');

const TIME_LENGTH = timeOf('2026-11-29T09:00:00.000Z').length;

type Format = {
  readonly name: string;
  readonly ending: string;
  readonly compose: (message: Message) => Promise<{ readonly content: string; readonly messageId: string }>;
};

/** Writes each message into a file that only its owner may read. */
const outboxOf = (
  { directory, filesMax = FILES_MAX }: OutboxSettings,
  { name, ending, compose }: Format,
): Channel => {
  /** Sorts by time, and is the same for each attempt, so that a repeat replaces the file. */
  const fileOf = ({ id, queuedAt }: Message): string => `${timeOf(queuedAt)}-${id}${ending}`;
  const idOf = (file: string): string => file.slice(TIME_LENGTH + 1, -ending.length);

  /** Returns the files, the oldest first; none where the directory is not there yet. */
  const filesNow = async (): Promise<readonly string[]> => {
    const names = await readdir(directory).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((file) => file.endsWith(ending)).sort();
  };

  const remove = async (files: readonly string[]): Promise<void> => {
    await Promise.all(files.map((file) => rm(join(directory, file), { force: true })));
  };

  const removeOldest = async (): Promise<void> => {
    const files = await filesNow();
    await remove(files.slice(0, Math.max(0, files.length - filesMax)));
  };

  return {
    name,
    send: async (message) => {
      try {
        const { content, messageId } = await compose(message);
        await makeDirectory(directory);
        await writePrivately(join(directory, fileOf(message)), content);
        await removeOldest();
        return { kind: 'sent', messageId };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'failed', reason, isPermanent: false };
      }
    },
    forget: async (ids) => remove((await filesNow()).filter((file) => ids.has(idOf(file)))),
    close: () => Promise.resolve(),
  };
};

/** The e-mails of an installation without a mail server, as files that mail programs open. */
export const fileOutbox = ({ from, ...settings }: OutboxSettings & Sender): Channel => {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return outboxOf(settings, {
    name: 'file',
    ending: '.eml',
    compose: async (mail) => {
      const { message, messageId } = await composer.sendMail(messageOf(mail, from));
      // What nodemailer composes has ASCII characters only.
      return { content: (message as Buffer).toString('latin1'), messageId };
    },
  });
};

/** The short messages of an installation without an SMS gateway, as text files. */
export const smsFileOutbox = (settings: OutboxSettings): Channel =>
  outboxOf(settings, {
    name: 'sms-file',
    ending: '.txt',
    compose: ({ to, brief, id, queuedAt }) =>
      Promise.resolve({
        content: `SMS to ${inOneLine(to.address)}\n${queuedAt}\n\n${brief}\n`,
        messageId: id,
      }),
  });

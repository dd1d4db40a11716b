import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultLimits, type TrustedDocuments } from '../../gateways/graphql';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { plainWords } from '../../platform/validation';
import { remoteDocuments } from '../projections/remote-operations';

const FILE_BYTES_MAX = 8 * 1024 * 1024;

const listSchema = z.record(z.string().min(1).max(200), z.string().min(1).max(defaultLimits.bodyBytesMax));

const invalid = (file: string, why: string, cause?: unknown): Fault =>
  new Fault('CONFIG_INVALID', `The list of trusted documents ${file} ${why}.`, { cause });

const parsed = (file: string): unknown => {
  try {
    if (statSync(file).size > FILE_BYTES_MAX) throw invalid(file, `has more than ${FILE_BYTES_MAX} bytes`);
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw cause instanceof Fault ? cause : invalid(file, 'cannot be read as JSON', cause);
  }
};

const readList = (file: string): readonly (readonly [string, string])[] => {
  const { data, error } = listSchema.safeParse(parsed(file), { error: plainWords });
  const [issue] = error?.issues ?? [];
  if (issue) throw invalid(file, `is no object of ids and documents: ${issue.path.join()} ${issue.message}`);
  return Object.entries(data ?? {});
};

const listsIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw new Fault('CONFIG_INVALID', `WAYBILL_TRUSTED_DOCUMENTS names ${folder}, which is no folder.`, {
      cause,
    });
  }
};

/**
 * Reads the trusted documents: those of the built pages, those of the command line, and the lists in the operator's folder.
 *
 * @param pagesList - the list that the build of the pages writes; pages that are not built have no documents.
 * @throws Fault `CONFIG_INVALID` for a list that cannot be read, and for an id with two documents.
 */
export const readTrustedDocuments = (
  { trustedDocuments: folder, trustedDocumentsOnly: only }: Config,
  pagesList: string,
): TrustedDocuments => {
  const texts = new Map(remoteDocuments.map((text, number) => [`command-line-${number}`, text]));
  for (const file of [...(existsSync(pagesList) ? [pagesList] : []), ...(folder ? listsIn(folder) : [])])
    for (const [id, text] of readList(file)) {
      if ((texts.get(id) ?? text) !== text) throw invalid(file, `has another document with the id ${id}`);
      texts.set(id, text);
    }
  return { texts, only };
};

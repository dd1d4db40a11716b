import { BSON, MongoBulkWriteError, MongoServerError, type WriteError } from 'mongodb';
import type { StoredDocument } from './stored-document';

export const DUPLICATE_KEY = 11_000;

/** The limit of a document, slightly below the server's 16 MiB, because a document is sent in an envelope. */
const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024 - 4_096;

/** The server's codes for a document that it will never store: too large, too deep, rejected by a validator. */
const refusingCodes: ReadonlySet<unknown> = new Set([
  15, 22, 52, 55, 56, 57, 121, 10_334, 17_280, 17_419, 17_420,
]);

/** True if two documents share the id; a server that does not name the key means the id. */
const isOfId = ({
  keyPattern,
  errmsg,
}: {
  readonly keyPattern?: object;
  readonly errmsg: string;
}): boolean => {
  if (keyPattern) return Object.keys(keyPattern).join() === '_id';
  const [, index] = /index: (\S+)/.exec(errmsg) ?? [];
  return index === undefined || index === '_id_' || index === '_id';
};

const detailsOf = ({ err }: WriteError): { readonly keyPattern?: object; readonly errmsg: string } => ({
  errmsg: err.errmsg,
  ...(err as { readonly keyPattern?: object }),
});

/** True if the error is only that the document's own key exists, written by an earlier writer. */
export const isDuplicateId = (error: WriteError): boolean =>
  error.code === DUPLICATE_KEY && isOfId(detailsOf(error));

const reasonOf = (error: WriteError): string | undefined => {
  const { code, errmsg = '' } = error;
  if (code === DUPLICATE_KEY && !isOfId(detailsOf(error)))
    return `A unique index that Waybill did not make allows no such document: ${errmsg}`;
  return refusingCodes.has(code) ? `MongoDB does not store the document: ${errmsg}` : undefined;
};

const bytesOf = (document: StoredDocument): number => BSON.calculateObjectSize(document);

/**
 * Finds the documents of a write that will never be stored.
 *
 * @param error - of the write.
 * @returns the reasons by id; empty if the error has another cause.
 */
export const refusedIn = (
  error: unknown,
  documents: readonly StoredDocument[],
): ReadonlyMap<string, string> => {
  const refused = new Map<string, string>();
  const writeErrors = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  for (const one of writeErrors) {
    const document = documents[one.index];
    const reason = reasonOf(one);
    if (document && reason !== undefined) refused.set(document._id, reason);
  }
  // The driver rejects such a document before it is sent, and with it the batch; a server rejects the whole message.
  const mayBeTooLarge =
    writeErrors.length === 0 && (!(error instanceof MongoServerError) || refusingCodes.has(error.code));
  if (mayBeTooLarge)
    for (const document of documents) {
      const bytes = bytesOf(document);
      if (bytes > DOCUMENT_BYTES_MAX)
        refused.set(document._id, `The document has ${bytes} bytes; MongoDB takes 16 MiB at most`);
    }
  return refused;
};

import { createHash } from 'node:crypto';
import { documentIdIn, type DocumentOf } from './graphql-request';
import { refusal } from './request-errors';

/** Documents that the operator trusts: those of the pages, of the command line and of listed clients. */
export type TrustedDocuments = {
  /** The texts by their ids. A document is also known by the SHA-256 of its text, in hexadecimal digits. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether every other document is refused. */
  readonly only: boolean;
};

/**
 * Returns a function that throws GraphQLError `PERSISTED_QUERY_NOT_SUPPORTED` for an unknown id, and `DOCUMENT_NOT_TRUSTED` for
 * any unknown document where only trusted ones are run.
 */
export const createDocumentOf = ({ texts, only }: TrustedDocuments): DocumentOf => {
  const byId = new Map(texts);
  for (const text of texts.values()) byId.set(createHash('sha256').update(text).digest('hex'), text);
  const trusted = new Set(texts.values());

  const untrusted = () =>
    refusal(
      'DOCUMENT_NOT_TRUSTED',
      'This server runs only documents on its list, and this one is not. Load the page again if it is a page of this server.',
    );

  return (request) => {
    const id = documentIdIn(request);
    if (id !== undefined) {
      // The GraphQL over HTTP draft names the hash function in an id.
      const text = byId.get(id) ?? byId.get(id.replace(/^sha256:/, ''));
      if (text !== undefined) return text;
      // The message is the one that clients compare, before they send the document itself.
      throw only ? untrusted() : refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
    }
    const { query } = request as { readonly query?: unknown };
    if (typeof query !== 'string' || query === '') return undefined;
    if (only && !trusted.has(query)) throw untrusted();
    return query;
  };
};

import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useClient } from 'urql';
import { askPatiently } from './wait';

/** A page of a list that is read to its end. */
type PageOf<Node> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: Node }[];
};

/**
 * Returns a function that reads a list page after page, so that neither side holds all of it. The document takes `$after`. A
 * page for which the server has no time now is read again.
 *
 * @throws Error with the words of the server.
 */
export const usePages = <Data, Variables extends AnyVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  connectionOf: (data: Data) => PageOf<Node> | null,
): ((variables: Omit<Variables, 'after'>) => AsyncGenerator<readonly Node[]>) => {
  const client = useClient();
  const page = async (variables: Variables): Promise<Data> => {
    const { data, error } = await askPatiently(
      async () => client.query(document, variables, { requestPolicy: 'network-only' }),
      (answer) =>
        answer.error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'RATE_LIMITED') === true,
    );
    if (error === undefined && data !== undefined) return data;
    throw new Error(error?.message ?? 'No answer');
  };
  return async function* (variables) {
    let after: string | null = null;
    do {
      const connection = connectionOf(await page({ ...variables, after } as unknown as Variables));
      if (connection === null) return;
      yield connection.edges.map(({ node }) => node);
      after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
    } while (after !== null);
  };
};

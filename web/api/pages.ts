import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useClient } from 'urql';

/** A page of a list that is read to its end. */
type PageOf<Node> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: Node }[];
};

const LATER_MS = 1_000;
const ATTEMPTS_MAX = 30;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
    for (let attempt = 1; ; attempt += 1) {
      const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' });
      if (error === undefined && data !== undefined) return data;
      const isBusy = error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'RATE_LIMITED');
      if (isBusy !== true || attempt === ATTEMPTS_MAX) throw new Error(error?.message ?? 'No answer');
      await wait(LATER_MS);
    }
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

export type GraphQLAnswer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};

/**
 * Sends a GraphQL operation over HTTP.
 *
 * @param url - scheme, host and port of a running Waybill.
 * @param token - an access token, where the operation needs one.
 * @returns the response as received, errors included.
 */
export const askGraphQL = async (
  url: string,
  query: string,
  variables: object = {},
  token?: string,
): Promise<GraphQLAnswer> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  return (await response.json()) as GraphQLAnswer;
};

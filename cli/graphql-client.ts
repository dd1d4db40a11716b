export type GraphQLAnswer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};

/**
 * Asks a Waybill over HTTP.
 *
 * @param url - its scheme, host and port. @param token - an access token, where the question needs one.
 * @returns the answer as it came, errors included.
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

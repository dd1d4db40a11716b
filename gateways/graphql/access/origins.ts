/** Of a request. */
type Headers = {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'x-forwarded-host'?: string | string[] | undefined;
};

/** The origins whose web pages may use this server. A browser names the origin of a page in the header `origin`. */
export type Origins = {
  /**
   * Returns true for a request without an origin, as clients send that are no browser; for a page of this server; and for a
   * page of a listed origin.
   */
  allows(headers: Headers): boolean;
  /** Returns whether it is an origin that the operator has listed. */
  isListed(origin: string | undefined): boolean;
};

const hostIn = (origin: string): string | undefined => {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  // A page of a file or in a sandbox has the origin "null", which is no URL.
  return url?.origin === origin.toLowerCase() ? url.host : undefined;
};

/**
 * @param allowed - origins such as `https://shop.example`, and `*` for every one; pages of the same host are always allowed.
 * @param trustProxy - whether `X-Forwarded-Host` names the host that the browser sent the request to.
 */
export const createOrigins = (allowed: readonly string[], trustProxy: boolean): Origins => {
  const listed = new Set(allowed);
  const isListed = (origin: string | undefined): boolean =>
    origin !== undefined && (listed.has('*') || listed.has(origin));
  return {
    isListed,
    allows: ({ origin, host, 'x-forwarded-host': forwarded }) => {
      if (origin === undefined || isListed(origin)) return true;
      const asked = trustProxy && typeof forwarded === 'string' ? forwarded : host;
      return asked !== undefined && hostIn(origin) === asked.toLowerCase();
    },
  };
};

/** Of a request. */
type Headers = {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'x-forwarded-host'?: string | string[] | undefined;
};

/** Which web pages may talk to this server, by the origin that their browser names. */
export type Origins = {
  /**
   * @returns true where no origin is named, as by every client that is no browser; where the page is one of this server; and
   *   where its origin is allowed.
   */
  allows(headers: Headers): boolean;
};

const hostIn = (origin: string): string | undefined => {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  // A page of a file or in a sandbox has the origin "null", which is no URL.
  return url?.origin === origin.toLowerCase() ? url.host : undefined;
};

/**
 * @param allowed - origins such as `https://shop.example`, and `*` for every one; pages of the same host are always allowed.
 * @param trustProxy - whether `X-Forwarded-Host` tells the host that the browser asked.
 */
export const createOrigins = (allowed: readonly string[], trustProxy: boolean): Origins => {
  const listed = new Set(allowed);
  return {
    allows: ({ origin, host, 'x-forwarded-host': forwarded }) => {
      if (origin === undefined || listed.has('*') || listed.has(origin)) return true;
      const asked = trustProxy && typeof forwarded === 'string' ? forwarded : host;
      return asked !== undefined && hostIn(origin) === asked.toLowerCase();
    },
  };
};

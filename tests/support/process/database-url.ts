const MONGODB_URL = /^(mongodb(?:[+]srv)?:\/\/)((?:[^@/]*@)?)([^/?]+)(?:\/([^?]*))?(?:[?](.*))?$/;

const partsOf = (url: string) => {
  const [, scheme = '', credentials = '', hosts = '', database = '', options = ''] =
    MONGODB_URL.exec(url) ?? [];
  if (hosts === '') throw new Error('This is no URL of a MongoDB server');
  return { scheme, credentials, hosts, database, options: new URLSearchParams(options) };
};

type Parts = ReturnType<typeof partsOf>;

const written = ({ scheme, credentials, hosts, database, options }: Parts): string => {
  const query = options.size === 0 ? '' : `?${options.toString()}`;
  return `${scheme}${credentials}${hosts}/${database}${query}`;
};

/** Returns the URL of another database on the same server, with all options; who asks is looked up where it was before. */
export const inDatabase = (url: string, database: string): string => {
  const parts = partsOf(url);
  if (parts.credentials !== '' && !parts.options.has('authSource'))
    parts.options.set('authSource', parts.database || 'admin');
  return written({ ...parts, database });
};

/** Returns the port of the first host. */
export const portOf = (url: string): number => Number(/:(\d+)/.exec(partsOf(url).hosts)?.[1] ?? 27_017);

/** Returns the URL of the same server by another way, e.g. through a proxy. */
export const atHost = (url: string, host: string): string => written({ ...partsOf(url), hosts: host });

/** Returns the URL for another user, with all options but those of the way in which the first one proves who it is. */
export const asUser = (url: string, name: string, password: string): string => {
  const parts = partsOf(url);
  for (const option of ['authMechanism', 'authMechanismProperties']) parts.options.delete(option);
  return written({ ...parts, credentials: `${name}:${password}@` });
};

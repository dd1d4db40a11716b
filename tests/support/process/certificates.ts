import { pathOf, textOf } from '../project-files';

// Made once with openssl, good for a hundred years, and for tests only: nobody trusts the authority, whose key is gone.

const file = (name: string): string => `tests/support/tls/${name}`;

/** Who signed it, as PEM. */
export const authority = textOf(file('ca.pem'));

/** What a server on this machine shows: `localhost` or 127.0.0.1. */
export const certified = { certificate: textOf(file('server.pem')), key: textOf(file('server-key.pem')) };

/** The same as the files that they are. */
export const certificateFiles = {
  authority: pathOf(file('ca.pem')),
  certificate: pathOf(file('server.pem')),
  key: pathOf(file('server-key.pem')),
};

import { pathOf, textOf } from '../project-files';

// Made once with openssl, valid for a hundred years, only for tests: no system trusts the authority, whose key was deleted.

const file = (name: string): string => `tests/support/tls/${name}`;

/** The certificate of the authority, as PEM. */
export const authority = textOf(file('ca.pem'));

/** The certificate of a server on this machine, for `localhost` and 127.0.0.1, as PEM. */
export const certified = { certificate: textOf(file('server.pem')), key: textOf(file('server-key.pem')) };

/** The same as the files that they are. */
export const certificateFiles = {
  authority: pathOf(file('ca.pem')),
  certificate: pathOf(file('server.pem')),
  key: pathOf(file('server-key.pem')),
};

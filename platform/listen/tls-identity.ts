import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Fault } from '../faults';

/** A certificate, its chain behind it, and its private key, as PEM. */
export type TlsIdentity = { readonly certificate: string; readonly key: string };

/**
 * Returns the certificate and key of a server; undefined where neither is set, so that it serves without TLS.
 *
 * @param prefix - of the two variables, which end with `_CERT` and `_KEY`.
 * @throws Fault `CONFIG_INVALID` where one is set without the other, or the key is not the certificate's.
 */
export const tlsIdentity = (
  prefix: string,
  { certificate, key }: { readonly certificate: string | undefined; readonly key: string | undefined },
): TlsIdentity | undefined => {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined)
    throw new Fault('CONFIG_INVALID', `Set both of ${prefix}_CERT and ${prefix}_KEY, or neither.`);
  if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
    throw new Fault('CONFIG_INVALID', `${prefix}_KEY is not the key of ${prefix}_CERT.`);
  return { certificate, key };
};

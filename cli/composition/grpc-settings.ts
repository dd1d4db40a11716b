import type { CommandConnection } from '../../gateways/grpc';
import type { Config } from '../../platform/config';
import { tlsIdentity, type TlsIdentity } from '../../platform/listen';

/** Returns the certificate of the command services; undefined where they serve without TLS. */
export const commandServerTls = ({
  grpcTlsCert: certificate,
  grpcTlsKey: key,
}: Pick<Config, 'grpcTlsCert' | 'grpcTlsKey'>): TlsIdentity | undefined =>
  tlsIdentity('WAYBILL_GRPC_TLS', { certificate, key });

/** Returns the addresses of `WAYBILL_COMMANDS`, and the authorities that may have signed their certificates. */
export const commandServersOf = ({
  commands,
  grpcTlsCa: authorities,
}: Pick<Config, 'commands' | 'grpcTlsCa'>): Pick<CommandConnection, 'addresses' | 'tls'> => {
  const { protocol, addresses = '' } =
    /^(?<protocol>grpcs?):\/\/(?<addresses>.+)$/.exec(commands)?.groups ?? {};
  return {
    addresses: addresses.split(','),
    tls: protocol === 'grpcs' ? { authorities } : undefined,
  };
};

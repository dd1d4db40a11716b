import type { CommandConnection, CommandServerOptions } from '../../gateways/grpc';
import type { Config } from '../../platform/config';
import { tlsIdentity } from './tls-identity';

/** What the command services of this process show their callers; without TLS where neither variable is set. */
export const commandServerTls = ({
  grpcTlsCert: certificate,
  grpcTlsKey: key,
}: Pick<Config, 'grpcTlsCert' | 'grpcTlsKey'>): Pick<CommandServerOptions, 'tls'> => {
  const tls = tlsIdentity('WAYBILL_GRPC_TLS', { certificate, key });
  return tls === undefined ? {} : { tls };
};

/** Where the command services are, by `WAYBILL_COMMANDS`, and whom to trust there. */
export const commandServersOf = ({
  commands,
  grpcTlsCa: authorities,
}: Pick<Config, 'commands' | 'grpcTlsCa'>): Pick<CommandConnection, 'addresses' | 'tls'> => {
  const { protocol, addresses = '' } =
    /^(?<protocol>grpcs?):\/\/(?<addresses>.+)$/.exec(commands)?.groups ?? {};
  return {
    addresses: addresses.split(','),
    ...(protocol === 'grpcs' && { tls: authorities === undefined ? {} : { authorities } }),
  };
};

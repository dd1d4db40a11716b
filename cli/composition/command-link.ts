import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { CommandConnection, CommandServerOptions } from '../../gateways/grpc';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';

/** What the command services of this process show their callers; without TLS where neither variable is set. */
export const commandServerTls = ({
  grpcTlsCert: certificate,
  grpcTlsKey: key,
}: Pick<Config, 'grpcTlsCert' | 'grpcTlsKey'>): Pick<CommandServerOptions, 'tls'> => {
  if (certificate === undefined && key === undefined) return {};
  if (certificate === undefined || key === undefined)
    throw new Fault(
      'CONFIG_INVALID',
      'Set both of WAYBILL_GRPC_TLS_CERT and WAYBILL_GRPC_TLS_KEY, or neither.',
    );
  if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
    throw new Fault('CONFIG_INVALID', 'WAYBILL_GRPC_TLS_KEY is not the key of WAYBILL_GRPC_TLS_CERT.');
  return { tls: { certificate, key } };
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

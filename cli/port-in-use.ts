import { readConfig, settings, type Config, type Environment } from '../platform/config';

type ListenError = { readonly code: string; readonly address: string; readonly port: number };

const isListenError = (error: unknown): error is ListenError =>
  typeof error === 'object' &&
  error !== null &&
  'syscall' in error &&
  error.syscall === 'listen' &&
  'port' in error;

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be listened on by this user',
  EADDRNOTAVAIL: 'is no address of this machine',
};

const variableOf = (port: number, config: Config): string => {
  const named = Object.entries(settings).find(
    ([name, { variable }]) => variable.endsWith('_PORT') && config[name as keyof Config] === port,
  );
  return named?.[1].variable ?? 'Its WAYBILL_…_PORT';
};

/** What to do about an address that cannot be listened on; undefined when that is not what is wrong. */
export const adviceOnPort = (error: unknown, environment: Environment): string | undefined => {
  if (!isListenError(error)) return undefined;
  const { code, address, port } = error;
  const variable = variableOf(port, readConfig(environment).config);
  return `${address}:${port} ${reasons[code] ?? `cannot be listened on (${code})`}. ${variable} chooses another port, WAYBILL_HOST another address.`;
};

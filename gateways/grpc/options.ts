import type { Clock, Random } from '../../platform/clock';
import type { Logger } from '../../platform/telemetry';
import type { CommandClient } from '../../commands';

export type CommandServerOptions = {
  readonly commands: CommandClient;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** The token that every caller must send. */
  readonly token: string;
  /** PEM; without TLS if absent. */
  readonly tls?: { readonly certificate: string; readonly key: string } | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

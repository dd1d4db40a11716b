import { connectCommands, startCommandServer, type CommandServer } from '../../../gateways/grpc';
import type { CommandClient, InputOf, Outcome, SuccessOf, UseCaseName } from '../../../commands';
import type { CommandContext } from '../../../platform/execution';
import type { Millis } from '../../../domain/kernel';
import { realClock, realRandom, type Clock } from '../../../platform/clock';
import type { Position } from '../../../platform/event-store';
import { silentLogger } from '../../../platform/telemetry';

export const token = 'a token of the command services';
const ports = { clock: realClock, random: realRandom, logger: silentLogger };

export type Seen = { name: UseCaseName; input: unknown; context: CommandContext };

/** Returns the prepared answers and records the calls. */
export const scripted = (answer: (seen: Seen) => Outcome<object> | Promise<Outcome<object>>) => {
  const seen: Seen[] = [];
  const commands: CommandClient = {
    send: async <Name extends UseCaseName>(name: Name, input: InputOf<Name>, given: CommandContext) => {
      const request = { name, input, context: given };
      seen.push(request);
      return (await answer(request)) as Outcome<SuccessOf<Name>>;
    },
    healthy: () => true,
    close: async () => undefined,
  };
  return { commands, seen };
};

export const accepted = (value: object, position?: string): Outcome<object> => ({
  kind: 'accepted',
  value,
  ...(position === undefined ? {} : { position: position as Position }),
});

/** Command servers and their clients over gRPC, on ports of their own, until `close`. */
export const createCommandServices = () => {
  const servers: CommandServer[] = [];
  const clients: { close(): unknown }[] = [];
  return {
    serve: async (commands: CommandClient, port = 0): Promise<CommandServer> => {
      const server = await startCommandServer({ commands, host: '127.0.0.1', port, token, ...ports });
      servers.push(server);
      return server;
    },
    connect: (
      to: readonly { readonly port: number }[],
      settings: { readonly keepaliveMs?: Millis; readonly clock?: Clock } = {},
    ): CommandClient => {
      const addresses = to.map(({ port }) => `127.0.0.1:${port}`);
      const client = connectCommands({ addresses, token, ...ports, ...settings });
      clients.push(client);
      return client;
    },
    /** Has something closed with the rest. */
    with: <Closable extends { close(): unknown }>(client: Closable): Closable => {
      clients.push(client);
      return client;
    },
    close: async (): Promise<void> => {
      await Promise.all(clients.splice(0).map((client) => client.close()));
      await Promise.all(servers.splice(0).map((server) => server.close(100)));
    },
  };
};

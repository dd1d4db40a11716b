import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { commandsContract } from '../../tests/contract/commands.contract';
import { authority, certified } from '../../tests/support/process/certificates';
import { inProcessCommands } from '../../commands/client/in-process';
import { connectCommands, startCommandServer, type CommandServer } from './index';

const token = 'a token of the command services';
const ports = { clock: realClock, random: realRandom, logger: silentLogger };

describe.each([
  ['gRPC', {}, {}],
  ['gRPC with TLS', { tls: certified }, { tls: { authorities: authority } }],
] as const)('the command services over %s, as every transport', (_, shown, trusted) => {
  const servers: CommandServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close(100)));
  });

  commandsContract(async (useCases) => {
    const commands = inProcessCommands(useCases, { clock: realClock });
    const server = await startCommandServer({
      commands,
      ...{ host: '127.0.0.1', port: 0, token },
      ...shown,
      ...ports,
    });
    servers.push(server);
    return connectCommands({ addresses: [`localhost:${server.port}`], token, ...trusted, ...ports });
  });
});
